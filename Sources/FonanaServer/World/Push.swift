/// An event on its way to the WebSocket of a user.
struct Push: Sendable {
  let userID: String
  let text: String
}
