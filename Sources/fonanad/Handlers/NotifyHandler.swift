import ControlProtocol
import FonanaCore
import LocalStore
import Synchronization

/// `notify.change`: the desktop's pop-ups.
struct NotifyHandler: Sendable {
  private static let example = DesktopNotification(
    title: "fonana", body: "This is how a message calls you.")

  /// One change of the file at a time: of two at once the first would be lost.
  private static let changing = Mutex(())

  let context: DaemonContext
  let control: NotificationSwitch
  let presenter: any NotificationPresenter

  func register(in router: inout ControlRouter) {
    router.on(Calls.notify) { request, _ throws(FonanaError) in try await change(request) }
  }

  private func change(_ request: NotifyRequest) async throws(FonanaError) -> NotifyResult {
    let muted = try await changeMuted(request)
    if let seconds = request.snoozeSeconds { try snooze(seconds) }
    let shown: Bool? = await request.test ? presenter.show(Self.example) : nil
    let now = SystemClock.boot
    return NotifyResult(
      enabled: context.configuration.notifications.isEnabled, muted: muted.sorted(),
      snoozedUntil: control.snoozeLeft(at: now).map { SystemClock.wall + $0 }, shown: shown)
  }

  private func changeMuted(_ request: NotifyRequest) async throws(FonanaError) -> Set<String> {
    var (added, removed): (String?, String?)
    if let name = request.mute { added = try await known(name) }
    if let name = request.unmute {
      let name = try Self.name(name)
      // Who is not muted must be known at least: a mistyped name would go unnoticed.
      removed = try kept().contains(name) ? name : try await known(name)
    }
    return try keepMuted(adding: added, removing: removed)
  }

  private func keepMuted(
    adding added: String?, removing removed: String?
  ) throws(FonanaError) -> Set<String> {
    try Self.changing.withLock { _ throws(FonanaError) in
      var muted = try kept()
      if let added { muted.insert(added) }
      if let removed { muted.remove(removed) }
      guard muted != control.muted else { return muted }
      try ConfigurationEditor(path: context.paths.configurationFile).set(
        SettingKey.notificationsMute.rawValue, to: muted.sorted().joined(separator: ","))
      control.setMuted(muted)
      return muted
    }
  }

  /// As the file says, which a person may have changed since the start.
  private func kept() throws(FonanaError) -> Set<String> {
    let file = try ConfigurationFile(path: context.paths.configurationFile)
    return try DaemonConfiguration(file: file, environment: context.launch.environment)
      .notifications.muted
  }

  private func snooze(_ seconds: Double) throws(FonanaError) {
    guard (0...31_536_000).contains(seconds) else {
      throw FonanaError(.invalidInput, "A snooze lasts from 0 s to 365 days.")
    }
    let time = seconds > 0 ? Duration.seconds(seconds) : nil
    try context.launch.snoozeFile.write(time.map { SystemClock.wall + $0 })
    control.snooze(until: time.map { SystemClock.boot + $0 })
  }

  /// The nickname of whom the mirror knows by that name: a mistyped one would mute nobody.
  private func known(_ text: String) async throws(FonanaError) -> String {
    let name = try Self.name(text)
    let matches = try await context.store.resolve(text)
    guard let nickname = matches.lazy.compactMap({ $0.user?.nickname }).first else {
      throw FonanaError(
        .notFound, "Nobody with the nickname “\(DisplayText.line(name, limit: 60))” is known here.",
        hint: "Type “fonana inbox” to see the names.")
    }
    return try Self.name(nickname)
  }

  /// As the configuration keeps it.
  private static func name(_ text: String) throws(FonanaError) -> String {
    let name = (text.hasPrefix("@") ? String(text.dropFirst()) : text).lowercased()
    guard !name.isEmpty, name.utf8.count <= 64,
      !name.contains(where: { $0 == "," || $0.isWhitespace })
    else {
      throw FonanaError(
        .invalidInput, "“\(DisplayText.line(text, limit: 40))” is not a nickname.",
        hint: "Type “fonana inbox” to see the names.")
    }
    return name
  }
}
