import FonanaCore

/// Reads the body of a successful answer, for the request that it answers.
struct AnswerReader: Sendable {
  enum Verdict {
    case more
    /// Nothing further is needed.
    case enough
    /// This will never be what the route gives.
    case broken
    case tooLarge
  }

  private enum Form {
    case page(PageReader)
    case conversations(ListReader<ListedConversation>)
    case notifications(ListReader<PlatformNotification>)
    case whole([UInt8])
  }

  /// The largest body that is not taken apart while it arrives.
  static let bodyLimit = 8 << 20

  private let request: ServerRequest
  private let generation: ServerGeneration?
  private var form: Form

  /// - Parameter generation: which one the route of a token request belongs to.
  init(_ request: ServerRequest, generation: ServerGeneration? = nil) {
    self.request = request
    self.generation = generation
    form =
      switch request {
      case .listMessages(let id, let limit, _, let stopAt):
        .page(PageReader(id, limit: limit, stopAt: stopAt))
      case .listConversations:
        .conversations(ListReader("conversations", ListedConversation.init(wire:)))
      case .listNotifications:
        .notifications(ListReader("notifications", PlatformNotification.init(wire:)))
      default: .whole([])
      }
  }

  /// Elements that were left out because nothing could be read from them.
  var skipped: Int {
    switch form {
    case .page(let reader): reader.skipped
    case .conversations(let reader): reader.skipped
    case .notifications(let reader): reader.skipped
    case .whole: 0
    }
  }

  mutating func feed(_ bytes: some Sequence<UInt8>) -> Verdict {
    switch form {
    case .page(var reader):
      form = .whole([])  // gives up the second reference, so that nothing is copied
      reader.feed(bytes)
      form = .page(reader)
      return reader.isCutShort ? .enough : reader.isBroken ? .broken : .more
    case .conversations(var reader):
      form = .whole([])
      reader.feed(bytes)
      form = .conversations(reader)
      return reader.isBroken ? .broken : .more
    case .notifications(var reader):
      form = .whole([])
      reader.feed(bytes)
      form = .notifications(reader)
      return reader.isBroken ? .broken : .more
    case .whole(var body):
      form = .whole([])
      body += bytes
      form = .whole(body)
      return body.count > Self.bodyLimit ? .tooLarge : .more
    }
  }

  /// nil: the body is not what the route gives.
  func finish() -> ServerReply? {
    switch form {
    case .page(let reader): reader.finish().map(ServerReply.page)
    case .conversations(let reader):
      reader.isComplete ? .conversations(reader.elements) : nil
    case .notifications(let reader):
      reader.isComplete
        ? .notifications(
          reader.elements, unread: max(0, reader.members["unreadCount"]?.integer ?? 0)) : nil
    case .whole(let body):
      JSONSlice(body).object.flatMap { WholeAnswer.read($0, of: request, generation: generation) }
    }
  }
}
