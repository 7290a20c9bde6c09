/// Options in words that nothing has parsed: of a line that is being typed, or that is wrong.
enum OptionWords {
  /// The last one counts. bash hands “--profile=work” on as three words.
  static func value(of option: String, in words: [String]) -> String? {
    guard let place = words.lastIndex(where: { $0 == option || $0.hasPrefix(option + "=") }) else {
      return nil
    }
    if words[place] != option { return String(words[place].dropFirst(option.count + 1)) }
    return words[(place + 1)...].first { $0 != "=" }
  }
}
