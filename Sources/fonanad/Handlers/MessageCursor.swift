import FonanaCore

/// A place in a list of messages, as the text that a client gives back.
struct MessageCursor {
  let position: MessagePosition

  init(_ position: MessagePosition) { self.position = position }

  init(parsing text: String) throws(FonanaError) {
    let parts = text.split(separator: "/", maxSplits: 1)
    guard parts.count == 2, let milliseconds = Int64(parts[0]) else {
      throw FonanaError(.invalidInput, "The cursor is not one that the daemon gave.")
    }
    position = MessagePosition(
      createdAt: Timestamp(milliseconds: milliseconds), id: MessageID(String(parts[1])))
  }

  var text: String { "\(position.createdAt.milliseconds)/\(position.id)" }
}
