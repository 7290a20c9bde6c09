/// How events reach the WebSocket of a user.
package struct PushSettings: Sendable, Equatable {
  package var isEnabled: Bool
  /// How many times each event is sent.
  package var copies = 1
  /// Holds every other event back and sends it behind the next one.
  package var swapsPairs = false

  package init(isEnabled: Bool) {
    self.isEnabled = isEnabled
  }
}
