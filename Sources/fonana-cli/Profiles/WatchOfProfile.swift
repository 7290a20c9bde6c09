import ControlProtocol
import FonanaCore
import Synchronization

/// `watch --all-profiles`: a thread for each profile, since each waits for its own daemon.
struct WatchOfProfile: Sendable {
  /// Keeps lines whole.
  private static let turn = Mutex(())

  let profile: ProfileName
  let request: SubscribeRequest
  let acknowledges: Bool
  let global: Globals
  let environment: [String: String]

  /// Ends when the daemon can't be reached at first, or refuses; says so on stderr.
  func run() {
    do throws(FonanaError) {
      var global = global
      global.profile = profile.text
      let context = try Context(global, environment: environment)
      let feed = EventFeed(context, request, acknowledges: acknowledges)
      try feed.open()
      while true {
        let line = ProfileEvent(profile: profile.text, event: try feed.next())
        try Self.turn.withLock { _ throws(FonanaError) in try context.output.render(line) }
      }
    } catch {
      let report = ErrorReport(error: ErrorInfo(error))
      StandardStream.error.write(
        "profile “\(profile)”: \(report.text(TextStyle(color: "never", environment: [:])))\n")
    }
  }
}

/// A line of `watch` with the profile that it is of.
struct ProfileEvent: Renderable {
  let profile: String
  let event: WatchEvent

  private enum CodingKeys: String, CodingKey { case profile }

  func encode(to encoder: any Encoder) throws {
    try event.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(profile, forKey: .profile)
  }

  func text(_ style: TextStyle) -> String {
    let text = event.text(style)
    return text.isEmpty ? "" : "\(style.bold(profile))  \(text)"
  }
}
