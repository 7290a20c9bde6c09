import ControlProtocol
import FonanaCore

/// What a hook's program is given: the line that `watch --json` prints on stdin, the most used of
/// it in variables, and what `fonana` needs to find this daemon.
struct HookRun {
  /// The system limits a variable to 128 KiB.
  private static let textLimit = 32 << 10
  private static let passed: Set<String> = [
    "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "DISPLAY",
    "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME",
    "XDG_DATA_HOME", "XDG_STATE_HOME", "FONANA_HOME",
  ]

  let hook: HookConfiguration
  let event: WatchEvent
  let attempt: Int

  func input() throws(FonanaError) -> [UInt8] {
    try ControlJSON.encode(HookInput(event: event)) + [UInt8(ascii: "\n")]
  }

  func environment(_ daemon: [String: String], profile: String) -> [String: String] {
    var variables = daemon.filter { Self.passed.contains($0.key) }
    variables["FONANA_PROFILE"] = profile
    variables["FONANA_NO_AUTOSTART"] = "1"
    variables["FONANA_HOOK"] = hook.name
    variables["FONANA_ATTEMPT"] = "\(attempt)"
    variables["FONANA_EVENT"] = event.event.rawValue
    variables["FONANA_CURSOR"] = "\(event.cursor)"
    variables["FONANA_AT"] = event.at.description
    variables["FONANA_REPLAYED"] = "\(event.replayed)"
    if case .message(let message) = event.data {
      variables.merge(Self.variables(of: message)) { $1 }
    }
    return variables.filter { !$0.value.utf8.contains(0) }
  }

  private static func variables(of message: MessageInfo) -> [String: String] {
    [
      "FONANA_MESSAGE_ID": message.id?.rawValue,
      "FONANA_CONVERSATION_ID": message.conversationId?.rawValue,
      "FONANA_SENDER": message.sender, "FONANA_SENDER_ID": message.senderId?.rawValue,
      "FONANA_CONTENT": message.content.map { String($0.prefix(utf8Limit: textLimit)) },
      "FONANA_CREATED_AT": message.createdAt?.description,
      "FONANA_IS_OWN": "\(message.isOwn)", "FONANA_IS_COMPLETE": "\(message.isComplete)",
    ].compactMapValues { $0 }
  }
}

/// A line of `watch --json`.
private struct HookInput: Encodable {
  let event: WatchEvent
  private enum CodingKeys: String, CodingKey { case schema }

  func encode(to encoder: any Encoder) throws {
    try event.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(1, forKey: .schema)
  }
}

extension String {
  fileprivate func prefix(utf8Limit limit: Int) -> Substring {
    guard utf8.count > limit else { return self[...] }
    var end = utf8.index(startIndex, offsetBy: limit)
    while end > startIndex, !UTF8.isStart(utf8[end]) { end = utf8.index(before: end) }
    return self[..<end]
  }
}

extension UTF8 {
  fileprivate static func isStart(_ byte: UInt8) -> Bool { byte & 0xc0 != 0x80 }
}
