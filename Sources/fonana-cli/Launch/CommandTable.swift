/// Every command by its words. Only the named one's type is touched at a normal start.
enum CommandTable {
  struct Entry {
    let words: [String]
    let type: any FonanaCommand.Type

    init(_ words: String, _ type: any FonanaCommand.Type) {
      self.words = words.split(separator: " ").map(String.init)
      self.type = type
    }
  }

  static let entries: [Entry] = [
    Entry("login", Login.self), Entry("logout", Logout.self), Entry("whoami", Whoami.self),
    Entry("send", Send.self), Entry("read", Read.self), Entry("show", Show.self),
    Entry("save", Save.self), Entry("inbox", Inbox.self), Entry("search", Search.self),
    Entry("watch", Watch.self),
    Entry("outbox list", OutboxList.self), Entry("outbox show", OutboxShow.self),
    Entry("outbox retry", OutboxRetry.self), Entry("outbox cancel", OutboxCancel.self),
    Entry("outbox skip", OutboxSkip.self), Entry("outbox edit", OutboxEdit.self),
    Entry("outbox hold", OutboxHold.self), Entry("outbox release", OutboxRelease.self),
    Entry("notifications list", NotificationsList.self),
    Entry("notifications read", NotificationsRead.self),
    Entry("notify mute", NotifyMute.self), Entry("notify snooze", NotifySnooze.self),
    Entry("notify test", NotifyTest.self),
    Entry("export", Export.self), Entry("backup", Backup.self),
    Entry("restore", Restore.self), Entry("verify", Verify.self),
    Entry("forget", Forget.self),
    Entry("store stats", StoreStats.self), Entry("store vacuum", StoreVacuum.self),
    Entry("hooks list", HooksList.self), Entry("hooks retry", HooksRetry.self),
    Entry("hooks skip", HooksSkip.self),
    Entry("status", Status.self), Entry("wait", Wait.self), Entry("logs", Logs.self),
    Entry("doctor", Doctor.self), Entry("dashboard", Dashboard.self),
    Entry("bugreport", Bugreport.self),
    Entry("daemon start", DaemonStart.self), Entry("daemon stop", DaemonStop.self),
    Entry("daemon restart", DaemonRestart.self), Entry("daemon run", DaemonRun.self),
    Entry("daemon enable", DaemonEnable.self), Entry("daemon disable", DaemonDisable.self),
    Entry("daemon log-level", DaemonLogLevel.self),
    Entry("config list", ConfigList.self), Entry("config get", ConfigGet.self),
    Entry("config set", ConfigSet.self), Entry("config path", ConfigPath.self),
    Entry("profiles", Profiles.self), Entry("completions", Completions.self),
    Entry("schema", Schema.self),
  ]

  /// What a noun alone means.
  static let defaults = [
    "outbox": "list", "notifications": "list", "config": "list", "store": "stats",
    "hooks": "list",
  ]

  static func commands(of noun: String) -> [String] {
    entries.filter { $0.words.count == 2 && $0.words[0] == noun }.map { $0.words[1] }
  }

  static var firstWords: [String] {
    entries.map { $0.words[0] }.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }
}
