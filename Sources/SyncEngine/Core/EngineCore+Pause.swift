import FonanaCore

/// The server gives events to the newest connection of a user only (docs/protocol.md, 8). So
/// whoever tries connections of their own wants ours to be closed before.
extension EngineCore {
  mutating func pauseSocket(_ limit: Duration, _ wish: WishID) {
    connection.isWanted = false
    turn.emit(.setTimer(.socketPause, at: turn.now.boot + limit))
    turn.log(.info, .socketPaused)
    pauseWishes.append(wish)
    closeSocket()
    answerPauseWishes()
  }

  mutating func resumeSocket(_ wish: WishID) {
    endPause()
    turn.emit(.answer(wish, .done))
  }

  /// Also when nobody has come back to say so.
  mutating func endPause() {
    guard !connection.isWanted else { return }
    connection.isWanted = true
    turn.emit(.cancelTimer(.socketPause))
    reconnectWanted()
  }

  mutating func answerPauseWishes() {
    guard connection.socket == nil else { return }
    for wish in pauseWishes { turn.emit(.answer(wish, .done)) }
    pauseWishes = []
  }
}
