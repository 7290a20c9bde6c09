import ControlProtocol
import FonanaCore

/// What can't be a message. The command checks too; others may speak to the socket.
enum SendCheck {
  static let textLimit = 256 << 10

  static func check(_ request: SendRequest) throws(FonanaError) {
    guard isUUID(request.cid.rawValue) else {
      throw FonanaError(.invalidInput, "The cid must be a lower-case UUID.")
    }
    guard !request.to.isEmpty, request.to.utf8.count <= 256 else {
      throw FonanaError(
        .invalidInput, "The recipient is missing or too long.",
        hint: "Name one: @nickname, conversation id, user id or wallet.")
    }
    try check(text: request.content, hasImage: request.hasImage)
    if let price = request.price { try check(price: price) }
  }

  static func check(text: String?, hasImage: Bool) throws(FonanaError) {
    let text = text ?? ""
    guard hasImage || text.contains(where: { !$0.isWhitespace }) else {
      throw FonanaError(
        .invalidInput, "The message is empty.", hint: "Give a text, --stdin or --file.")
    }
    guard text.utf8.count <= textLimit else {
      throw FonanaError(
        .invalidInput, "The text has \(text.utf8.count) bytes, at most \(textLimit) are allowed.",
        hint: "Send it in parts.")
    }
    guard !text.utf8.contains(0) else {
      throw FonanaError(
        .invalidInput, "The text holds the character U+0000, which the server can't store.",
        hint: "Remove it.")
    }
  }

  static func check(price: Double) throws(FonanaError) {
    guard price.isFinite, price > 0, price <= 1_000_000 else {
      throw FonanaError(
        .invalidInput, "The price must be more than 0 SOL and at most 1000000 SOL.")
    }
  }

  private static func isUUID(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [8, 4, 4, 4, 12] else { return false }
    return text.utf8.allSatisfy { byte in
      byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
  }
}
