import FonanaCore

extension PushFrame {
  /// Reads a text frame. Whatever it holds, the connection is kept (docs/protocol.md, 8).
  init(wire bytes: some Sequence<UInt8>) {
    let slice = JSONSlice(bytes)
    guard JSONCheck.depth(of: slice.bytes) <= JSONCheck.depthLimit, let object = slice.object,
      let type = object.string("type")
    else {
      self = .unreadable
      return
    }
    self = Self.read(type, object, object["data"]?.object)
  }

  private static func read(_ type: String, _ frame: JSONObject, _ data: JSONObject?) -> PushFrame {
    switch type {
    case "connected": .connected(data?.identifier("userId"))
    case "subscribed": .subscribed(channel: channel(data))
    case "pong": .pong
    case "error": .error(data?.string("message") ?? "")
    case "unread_notifications": .unreadNotifications(notifications(data))
    case "notification":
      .notification(
        userID: userID(frame, data),
        (data?["notification"] ?? frame["notification"])?.object
          .flatMap(PlatformNotification.init(wire:)))
    default: .event(type: type, userID: userID(frame, data))
    }
  }

  /// `notifications`, `feed`, …
  private static func channel(_ data: JSONObject?) -> String {
    let channel = data?["channel"]
    return channel?.object?.string("type") ?? channel?.string ?? ""
  }

  private static func notifications(_ data: JSONObject?) -> [PlatformNotification] {
    let rows = data?["notifications"]?.array ?? []
    return rows.compactMap { $0.object.flatMap(PlatformNotification.init(wire:)) }
  }

  /// Events name their user beside the type or inside `data`.
  private static func userID(_ frame: JSONObject, _ data: JSONObject?) -> UserID? {
    frame.identifier("userId") ?? data?.identifier("userId")
  }
}
