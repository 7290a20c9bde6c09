/// What goes wrong.
package enum FaultAction: Sendable {
  /// Another answer than the route's.
  case respond(FaultResponse)
  /// The route's answer, later.
  case delay(Duration)
  /// The connection is closed: after the head and that many bytes of the body, or (nil) without a
  /// byte of an answer.
  case cut(afterBytes: Int?)
  /// No answer, until the faults are removed, the client closes or the server stops.
  case hang
  /// The client sees `then` at once; the request is carried out that much later.
  case lateCommit(after: Duration, then: FaultEnding)
  /// A sent message comes back without its `metadata`.
  case stripMetadata
}

/// How the client's side of a request ends.
package enum FaultEnding: Sendable {
  case respond(FaultResponse)
  case cut
  case hang
}

/// When the fault strikes, seen from what the server stores.
package enum FaultPhase: String, Sendable {
  /// Nothing is stored. A delay comes before the route's work.
  case beforeCommit = "before"
  /// Of a send, the message is stored and the notification is not.
  case betweenSteps = "between"
  /// Everything is stored. A delay comes before the answer.
  case afterCommit = "after"
}
