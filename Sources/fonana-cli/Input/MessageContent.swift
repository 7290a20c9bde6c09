import FonanaCore

/// The text of a message, checked before anything is queued.
enum MessageContent {
  static let byteLimit = 256 * 1024

  /// Refuses what the server could never store, and what is too long. `isOptional`: an image
  /// goes with it, so that there may be no text.
  static func validated(_ text: String?, isOptional: Bool) throws(FonanaError) -> String? {
    guard let text, !text.allSatisfy(\.isWhitespace) else {
      if isOptional { return nil }
      throw FonanaError(
        .invalidInput, "There is nothing to send: the text is empty.",
        hint: "Type the text after the recipient, or “-” to read it from stdin.")
    }
    guard !text.unicodeScalars.contains("\0") else {
      throw FonanaError(
        .invalidInput, "The text has the character U+0000, which the server can't store.",
        hint: "Remove it, for example with “tr -d '\\000'”.")
    }
    guard text.utf8.count <= byteLimit else {
      throw FonanaError(
        .invalidInput, "The text has \(text.utf8.count) bytes, a message takes \(byteLimit).",
        hint: "Send it in parts.")
    }
    return text
  }

  /// “-” stands for stdin, but not behind “--”, where everything is text.
  static func isOnStandardInput(_ words: [String]) -> Bool {
    words == ["-"] && !CommandLine.arguments.contains("--")
  }

  /// Bytes from stdin as text, without the line end that `echo` adds.
  static func text(from bytes: [UInt8]) throws(FonanaError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FonanaError(
        .invalidInput, "What came on stdin is not UTF-8 text.",
        hint: "To send an image, use --file.")
    }
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  static func price(_ price: Double?) throws(FonanaError) -> Double? {
    guard let price else { return nil }
    guard price.isFinite, price > 0 else {
      throw FonanaError(
        .invalidInput, "A price must be more than 0 SOL.", hint: "For example: --paid 0.5")
    }
    return price
  }
}
