import FonanaCore

/// Questions to a person at a terminal; the question goes to stderr.
enum Prompt {
  static func confirm(_ question: String) -> Bool {
    guard let answer = ask(question + " [y/N]")?.lowercased() else { return false }
    return answer == "y" || answer == "yes"
  }

  /// nil at the end of the input.
  static func ask(_ question: String) -> String? {
    StandardStream.error.write(DisplayText.line(question) + " ")
    return readLine().map { line in
      let text = line.drop(while: \.isWhitespace)
      return String(text.reversed().drop(while: \.isWhitespace).reversed())
    }
  }
}
