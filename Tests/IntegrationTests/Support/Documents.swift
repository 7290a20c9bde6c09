/// What the commands print with `--json`, as docs/interface.md has it: read here anew, so that a
/// changed key breaks a test.
struct StatusDocument: Decodable {
  struct Daemon: Decodable {
    let pid: Int32
    let clients: Int
    let lastExit: String?
  }
  struct Token: Decodable {
    let state: String
    let refreshes: Int
    let place: String?
    let placeProblem: String?
    let refusedBy: [String]
  }
  struct Server: Decodable { let reachable: Bool }
  struct Attempts: Decodable {
    let succeeded: Int
    let failed: Int
  }
  struct Connection: Decodable {
    let state: String
    let attempts: Attempts
    let pushSeen: Bool
  }
  struct Sync: Decodable {
    let mode: String
    let state: String
    let messages: Int
    let gaps: Int
    let forcedReads: Int
  }
  struct Outbox: Decodable {
    let queued: Int
    let sending: Int
    let uncertain: Int
    let parked: Int
    let held: Int
  }

  let schema: Int
  let daemon: Daemon
  let token: Token
  let server: Server
  let connection: Connection
  let sync: Sync
  let outbox: Outbox
}

struct AccountDocument: Decodable {
  let wallet: String?
  let userId: String?
  let nickname: String?
  let server: String
  let generation: String?
}

struct MessageDocument: Decodable {
  let id: String?
  let cid: String?
  let content: String?
  let createdAt: String?
  let isOwn: Bool
  let isUnread: Bool
  let isRead: Bool
  let state: String
}

struct FreshnessDocument: Decodable {
  let gaps: Int
  let source: String
  let lastPullAt: String?
}

struct ReadDocument: Decodable {
  let messages: [MessageDocument]
  let more: Int
  let alsoMarked: Int
  let freshness: FreshnessDocument
}

struct InboxDocument: Decodable {
  struct Conversation: Decodable {
    struct Participant: Decodable { let nickname: String? }
    let id: String
    let participant: Participant
    let unread: Int
    let lastMessage: MessageDocument?
  }

  let conversations: [Conversation]
  let unread: Int
  let freshness: FreshnessDocument
}

struct SendDocument: Decodable {
  let cid: String
  let state: String
  let conversationId: String?
  let messageId: String?
}

struct OutboxDocument: Decodable {
  struct Item: Decodable {
    let cid: String
    let state: String
    let content: String?
  }

  let items: [Item]
}

struct StoryDocument: Decodable {
  struct Step: Decodable {
    let outcome: String
    let detail: String
  }

  let state: String
  let to: String
  let content: String?
  let nextAttemptAt: String?
  let messageId: String?
  let next: String?
  let history: [Step]
}

struct DoctorDocument: Decodable {
  struct Check: Decodable {
    let id: String
    let title: String
    let status: String
    let tried: String?
    let detail: String
    let hint: String?
    let durationMs: Int
  }

  let schema: Int
  let ok: Bool
  let checks: [Check]

  subscript(_ id: String) -> Check? { checks.first { $0.id == id } }
  var failures: [String] { checks.filter { $0.status == "fail" }.map(\.id) }
  var warnings: [String] { checks.filter { $0.status == "warn" }.map(\.id) }
}

struct ErrorDocument: Decodable {
  struct Failure: Decodable {
    let code: String
    let message: String
    let hint: String?
    let retryable: Bool
  }

  let schema: Int
  let error: Failure
}

struct HooksDocument: Decodable {
  struct Hook: Decodable {
    var name: String
    var state: String
    var waiting: Int
    var failures: Int
    var reason: String?
  }
  var hooks: [Hook]
}
