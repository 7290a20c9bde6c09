package import FonanaCore

/// What a request is for, and so who gets its answer.
package enum Purpose: Hashable, Sendable {
  case token
  case logIn(WishID)
  /// After a 1008 or a refused upgrade: is it the token?
  case verify
  case version
  case question
  case list
  /// The list that shows whether an account that logs in is new.
  case logInList(WishID)
  case previews
  /// The previews that a list on hold waits for.
  case burst
  case pull(ConversationID)
  case reconcile(ConversationID)
  case resolve(ClientID)
  case resolveID(ClientID)
  case openConversation(ClientID)
  case upload(ClientID)
  case send(ClientID)
  case wish(WishID)
}

/// A request on the wire, waiting for the budget, or waiting for a new token.
package struct PendingRequest: Sendable, Hashable {
  package var id: RequestID
  package var request: ServerRequest
  package var purpose: Purpose
  /// Of the token it was sent with.
  package var generation: Int
  /// It was sent again with a newer token after a 401.
  package var isSecondTry: Bool
  /// A person waits for it: it is not counted unless it fails.
  package var isAsked: Bool
}

/// The requests under way, in order of their numbers.
package struct RequestTable: Sendable {
  private var rows: [RequestID: PendingRequest] = [:]
  /// Refused with 401: sent again when a new token is there.
  package var awaitingToken: [PendingRequest] = []
  /// Not sent yet, since the budget is spent.
  package var awaitingBudget: [PendingRequest] = []

  package init() {}

  package var isEmpty: Bool { rows.isEmpty && awaitingToken.isEmpty && awaitingBudget.isEmpty }
  package var onTheWire: Int { rows.count }

  package mutating func add(_ request: PendingRequest) { rows[request.id] = request }
  package mutating func remove(_ id: RequestID) -> PendingRequest? { rows.removeValue(forKey: id) }

  /// Takes out what waits for the budget; nil: nothing of that purpose does.
  package mutating func takeWaiting(for purpose: Purpose) -> PendingRequest? {
    awaitingBudget.firstIndex { $0.purpose == purpose }.map { awaitingBudget.remove(at: $0) }
  }

  /// Gives up what was asked for that, wherever it waits: an answer would be too late.
  package mutating func giveUp(where matches: (Purpose) -> Bool) -> [PendingRequest] {
    let given = all.filter { matches($0.purpose) }
    awaitingToken.removeAll { matches($0.purpose) }
    awaitingBudget.removeAll { matches($0.purpose) }
    for request in given { rows[request.id] = nil }
    return given
  }

  package func first(where matches: (Purpose) -> Bool) -> PendingRequest? {
    all.first { matches($0.purpose) }
  }

  /// In order of their numbers.
  package var all: [PendingRequest] {
    (Array(rows.values) + awaitingToken + awaitingBudget).sorted { $0.id.number < $1.id.number }
  }
}
