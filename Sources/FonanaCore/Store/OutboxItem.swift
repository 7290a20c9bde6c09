/// A message that a person has asked to be sent and that is not confirmed yet.
package struct OutboxItem: Hashable, Sendable, Codable {
  /// Enqueue order; given by the store, unique for ever.
  package var sequence: Int64
  package var cid: ClientID
  package var recipient: Recipient
  package var content: String?
  package var image: OutgoingImage?
  /// In SOL; nil for a free message.
  package var price: Double?
  package var metadata: JSONText?
  package var state: OutboxState
  /// POSTs that were begun.
  package var attempts: Int
  /// Conclusive negatives after a 500, for the poison rule.
  package var refusals: Int
  package var doubt: Doubt?
  package var queuedAt: Timestamp
  /// Why it is parked.
  package var reason: FonanaError?
  /// A cancel that came while it was in doubt: carried out if the server does not have it.
  package var isCancelWanted: Bool
  /// A person lets the later messages of its conversation pass it.
  package var isSkipped: Bool
  /// It comes from a backup, so it may have been sent since: the server is searched for it before
  /// it is sent. Its `doubt` says how far back.
  package var isRestored: Bool
  /// It is sent only as long as the other has written nothing after this time, of the server's
  /// clock; nil: in any case.
  package var unlessRepliedSince: Timestamp?

  package init(
    sequence: Int64 = 0, cid: ClientID, recipient: Recipient, content: String?,
    image: OutgoingImage? = nil, price: Double? = nil, metadata: JSONText? = nil,
    state: OutboxState, attempts: Int = 0, refusals: Int = 0, doubt: Doubt? = nil,
    queuedAt: Timestamp, reason: FonanaError? = nil, isCancelWanted: Bool = false,
    isSkipped: Bool = false, isRestored: Bool = false, unlessRepliedSince: Timestamp? = nil
  ) {
    self.sequence = sequence
    self.cid = cid
    self.recipient = recipient
    self.content = content
    self.image = image
    self.price = price
    self.metadata = metadata
    self.state = state
    self.attempts = attempts
    self.refusals = refusals
    self.doubt = doubt
    self.queuedAt = queuedAt
    self.reason = reason
    self.isCancelWanted = isCancelWanted
    self.isSkipped = isSkipped
    self.isRestored = isRestored
    self.unlessRepliedSince = unlessRepliedSince
  }

  /// Where it waits until it may be sent.
  package var stateInQueue: OutboxState {
    recipient.userID == nil && recipient.conversationID == nil ? .unresolved : .queued
  }

  /// Whether `other` asks for the same message, so that a repeated enqueue is the same one.
  package func isSameWish(as other: OutboxItem) -> Bool {
    content == other.content && image?.digest == other.image?.digest && price == other.price
      && recipient.text == other.recipient.text
  }
}

/// Where a message goes, as far as it is known.
package struct Recipient: Hashable, Sendable, Codable {
  /// As the person typed it.
  package var text: String
  package var userID: UserID?
  package var conversationID: ConversationID?
  /// What else the same person is called, as far as it was known when they were found; not kept.
  package var otherNames: [String]?

  package init(
    text: String, userID: UserID? = nil, conversationID: ConversationID? = nil,
    otherNames: [String]? = nil
  ) {
    self.text = text
    self.userID = userID
    self.conversationID = conversationID
    self.otherNames = otherNames
  }

  package var names: [String] { [text] + (otherNames ?? []) }

  /// Whether both may mean the same person: `@dora` and `Dora` may.
  package func resembles(_ other: Recipient) -> Bool {
    isCalled(other.text)
  }

  /// Whether `name` is what was typed here. The server compares nicknames without case.
  package func isCalled(_ name: String) -> Bool { Self.bareName(text) == Self.bareName(name) }

  private static func bareName(_ text: String) -> String {
    (text.hasPrefix("@") ? String(text.dropFirst()) : text).lowercased()
  }
}

/// An image that waits in the profile's `outbox` folder.
package struct OutgoingImage: Hashable, Sendable, Codable {
  package var fileName: String
  /// `image/png`, `image/jpeg`, `image/gif` or `image/webp`.
  package var contentType: String
  package var byteCount: Int
  /// Of the bytes; the same bytes give the same address at the server.
  package var digest: String
  /// Set once it is uploaded.
  package var uploadedURL: String?

  package init(
    fileName: String, contentType: String, byteCount: Int, digest: String,
    uploadedURL: String? = nil
  ) {
    self.fileName = fileName
    self.contentType = contentType
    self.byteCount = byteCount
    self.digest = digest
    self.uploadedURL = uploadedURL
  }
}

/// The persisted states (docs/reliability.md, “The life of a message”).
package enum OutboxState: String, Sendable, Codable, CaseIterable {
  /// The recipient's name is not resolved yet.
  case unresolved
  case queued
  /// A POST may be on the wire.
  case intent
  /// Whether the server has it is unknown.
  case quarantine
  /// Needs a person.
  case parked
  /// A person wants it to wait.
  case held

  /// What a person sees.
  package var shown: String {
    switch self {
    case .unresolved, .queued: "queued"
    case .intent: "sending"
    case .quarantine: "uncertain"
    case .parked: "parked"
    case .held: "held"
    }
  }
}

/// What has to be found out about an item in quarantine.
package struct Doubt: Hashable, Sendable, Codable {
  /// The newest message of the conversation that was known when the POST was begun; nil: none.
  package var fence: Timestamp?
  /// Complete negatives still needed: 1 when the handler has finished, else 2.
  package var negativesNeeded: Int
  /// Whether the handler has finished (a 500 with JSON): counts for the poison rule.
  package var isHandlerDone: Bool

  package init(fence: Timestamp?, negativesNeeded: Int, isHandlerDone: Bool) {
    self.fence = fence
    self.negativesNeeded = negativesNeeded
    self.isHandlerDone = isHandlerDone
  }
}

/// A line of an item's story.
package struct OutboxHistoryEntry: Hashable, Sendable, Codable {
  package var at: Timestamp
  package var from: OutboxState?
  /// An `OutboxState`, `sent` or `cancelled`.
  package var to: String
  /// Short and stable: `accepted`, `not_sent`, `rejected`, `throttled`, `unknown`, `absent`, …
  /// (docs/interface.md, outbox show).
  package var outcome: String
  /// Of `enqueued`: the recipient as typed.
  package var detail: String

  package init(at: Timestamp, from: OutboxState?, to: String, outcome: String, detail: String) {
    self.at = at
    self.from = from
    self.to = to
    self.outcome = outcome
    self.detail = detail
  }
}
