import ArgumentParser

/// The tree of all commands, for help and completions.
struct Fonana: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fonana", abstract: "Messages of Fonana in your terminal, online or not.",
    discussion: """
      Begin with:  fonana login --wallet ADDRESS
      Then:        fonana inbox
                   fonana send @alice Hello!
                   fonana read alice
      """,
    subcommands: [
      Login.self, Logout.self, Whoami.self, Send.self, Read.self, Show.self, Save.self,
      Inbox.self, Search.self, Watch.self, OutboxNoun.self, NotificationsNoun.self,
      NotifyNoun.self, Export.self, Backup.self, Restore.self, Verify.self, Forget.self,
      StoreNoun.self, HooksNoun.self,
      Status.self, Wait.self, Logs.self, Doctor.self, Dashboard.self, Bugreport.self,
      DaemonNoun.self, ConfigNoun.self, Profiles.self, Completions.self,
      Schema.self,
    ])

  static let nouns: [String: any ParsableCommand.Type] = [
    "outbox": OutboxNoun.self, "notifications": NotificationsNoun.self,
    "notify": NotifyNoun.self, "daemon": DaemonNoun.self,
    "config": ConfigNoun.self, "store": StoreNoun.self, "hooks": HooksNoun.self,
  ]
}

struct OutboxNoun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outbox", abstract: "What has not been delivered, and why.",
    subcommands: [
      OutboxList.self, OutboxShow.self, OutboxRetry.self, OutboxCancel.self, OutboxSkip.self,
      OutboxEdit.self, OutboxHold.self, OutboxRelease.self,
    ], defaultSubcommand: OutboxList.self)
}

struct NotificationsNoun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notifications", abstract: "The platform's notifications.",
    subcommands: [NotificationsList.self, NotificationsRead.self],
    defaultSubcommand: NotificationsList.self)
}

struct NotifyNoun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify", abstract: "The desktop's pop-ups.",
    subcommands: [NotifyMute.self, NotifySnooze.self, NotifyTest.self])
}

struct StoreNoun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "The file that holds the mirror and the outbox.",
    subcommands: [StoreStats.self, StoreVacuum.self], defaultSubcommand: StoreStats.self)
}

struct HooksNoun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hooks", abstract: "Programs that the daemon starts for events.",
    subcommands: [HooksList.self, HooksRetry.self, HooksSkip.self],
    defaultSubcommand: HooksList.self)
}

struct DaemonNoun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "daemon", abstract: "The daemon in the background.",
    subcommands: [
      DaemonStart.self, DaemonStop.self, DaemonRestart.self, DaemonRun.self, DaemonEnable.self,
      DaemonDisable.self, DaemonLogLevel.self,
    ])
}

struct ConfigNoun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Settings.",
    subcommands: [ConfigList.self, ConfigGet.self, ConfigSet.self, ConfigPath.self],
    defaultSubcommand: ConfigList.self)
}
