extension DisplayText {
  /// `1 gap`, `2 gaps`: of words that take an s.
  package static func count(_ number: Int, _ word: String) -> String {
    "\(number) \(word)\(number == 1 ? "" : "s")"
  }
}
