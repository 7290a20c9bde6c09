/// What the server says on a socket: pure answers to the frames of one client.
struct SocketReplies: Sendable {
  let userID: String

  /// What a frame of the client asks for.
  enum Request: Equatable {
    case subscribe(channel: WireJSON, key: String)
    case unsubscribe(channel: WireJSON, key: String)
    case reply(WireJSON)
    case several([WireJSON])
    case nothing
  }

  var connected: WireJSON {
    [
      "type": "connected",
      "data": [
        "userId": .string(userID), "message": "Successfully connected to WebSocket server",
      ],
    ]
  }

  func request(_ text: [UInt8]) -> Request {
    guard let frame = WireJSON(parsing: text), frame != .null else { return .reply(Self.malformed) }
    switch frame["type"]?.stringValue {
    case "ping": return .reply(["type": "pong"])
    case "subscribe": return subscribe(frame["channel"])
    case "unsubscribe":
      guard let channel = frame["channel"], channel != .null else { return .reply(Self.malformed) }
      return .unsubscribe(channel: channel, key: Self.key(channel))
    default: return .nothing
    }
  }

  static func confirmation(_ type: String, _ channel: WireJSON, _ key: String) -> WireJSON {
    ["type": .string(type), "data": ["channel": channel, "channelKey": .string(key)]]
  }

  private static let malformed: WireJSON = [
    "type": "error", "data": ["message": "Invalid message format"],
  ]

  private func subscribe(_ channel: WireJSON?) -> Request {
    guard let channel, channel != .null else {
      return .several([
        ["type": "error", "data": ["message": "Failed to subscribe"]], Self.malformed,
      ])
    }
    guard mayListen(to: channel) else {
      return .reply([
        "type": "error", "data": ["message": "Access denied to channel", "channel": channel],
      ])
    }
    return .subscribe(channel: channel, key: Self.key(channel))
  }

  /// Notifications and feed: the own ones; creators: anybody's; posts: there are none here.
  private func mayListen(to channel: WireJSON) -> Bool {
    switch channel["type"]?.stringValue {
    case "notifications", "feed": channel["userId"]?.stringValue == userID
    case "creator": true
    default: false
    }
  }

  private static func key(_ channel: WireJSON) -> String {
    switch channel["type"]?.stringValue {
    case "creator": "creator_\(channel["id"]?.stringValue ?? "undefined")"
    case "notifications": "notifications_\(channel["userId"]?.stringValue ?? "undefined")"
    case "feed": "feed_\(channel["userId"]?.stringValue ?? "undefined")"
    case "post": "post_\(channel["postId"]?.stringValue ?? "undefined")"
    default: "unknown_\(channel.text)"
    }
  }
}
