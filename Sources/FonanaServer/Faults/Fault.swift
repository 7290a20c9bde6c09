/// One thing that goes wrong on some requests.
package struct Fault: Sendable {
  /// `METHOD PATTERN`, such as `POST /api/conversations/:id/messages`, `GET *`; or `*`.
  package var route: String
  package var action: FaultAction
  package var phase: FaultPhase
  /// How many requests it strikes; nil: all.
  package var count: Int?
  /// How many requests pass before the first that it strikes.
  package var skip: Int
  /// Only requests of this conversation.
  package var conversationID: String?
  /// A further condition.
  package var matches: (@Sendable (RequestRecord) -> Bool)?

  package init(
    _ route: String, _ action: FaultAction, when phase: FaultPhase = .beforeCommit,
    count: Int? = 1, skip: Int = 0, conversationID: String? = nil,
    matches: (@Sendable (RequestRecord) -> Bool)? = nil
  ) {
    self.route = route
    self.action = action
    self.phase = phase
    self.count = count
    self.skip = skip
    self.conversationID = conversationID
    self.matches = matches
  }

  func applies(to request: RequestRecord) -> Bool {
    guard conversationID == nil || conversationID == request.conversationID else { return false }
    return RoutePattern(route).matches(request) && (matches?(request) ?? true)
  }
}
