/// The settings of docs/interface.md, by their names in the file.
enum SettingKey: String, CaseIterable, Sendable {
  case server
  case websocket
  case websocketToken = "websocket_token"
  case caFile = "ca_file"
  case proxy
  case credentials
  case syncMode = "sync.mode"
  case syncReconcile = "sync.reconcile"
  case notificationsEnabled = "notifications.enabled"
  case notificationsShowContent = "notifications.show_content"
  case notificationsQuietHours = "notifications.quiet_hours"
  case notificationsMute = "notifications.mute"
  case daemonAutostart = "daemon.autostart"
  case daemonLogLevel = "daemon.log_level"
  case dashboardEnabled = "dashboard.enabled"
  case dashboardPort = "dashboard.port"
  case metricsEnabled = "metrics.enabled"
  case metricsPort = "metrics.port"

  var kind: SettingKind {
    switch self {
    case .server, .websocket, .caFile, .proxy, .notificationsQuietHours: .text
    case .websocketToken: .choice(["both", "header"])
    case .credentials: .choice(["file", "secret-service"])
    case .syncMode: .choice(["on-read", "eager"])
    case .syncReconcile: .choice(["pull", "never-read"])
    case .daemonLogLevel: .choice(LogLevelName.all)
    case .notificationsEnabled, .notificationsShowContent, .daemonAutostart, .dashboardEnabled,
      .metricsEnabled:
      .flag
    case .notificationsMute: .texts
    case .dashboardPort, .metricsPort: .number(0...65_535)
    }
  }

  /// nil: there is none.
  var standard: SettingValue? {
    switch self {
    case .server: .text("https://fonana.me")
    case .websocket, .caFile, .proxy, .notificationsQuietHours: nil
    case .websocketToken: .text("both")
    case .credentials: .text("file")
    case .syncMode: .text("on-read")
    case .syncReconcile: .text("pull")
    case .daemonLogLevel: .text("info")
    case .notificationsEnabled, .notificationsShowContent, .daemonAutostart, .dashboardEnabled:
      .flag(true)
    case .metricsEnabled: .flag(false)
    case .notificationsMute: .texts([])
    case .dashboardPort: .number(0)
    case .metricsPort: .number(9464)
    }
  }

  /// The variable that overrides the file.
  var environmentName: String? {
    switch self {
    case .server: "FONANA_SERVER"
    case .websocket: "FONANA_WEBSOCKET"
    case .syncMode: "FONANA_SYNC_MODE"
    case .notificationsEnabled: "FONANA_NOTIFICATIONS"
    case .daemonLogLevel: "FONANA_LOG_LEVEL"
    default: nil
    }
  }

  /// The table the key stands in; nil: above all tables.
  var table: String? {
    rawValue.split(separator: ".").count == 2
      ? rawValue.split(separator: ".").first.map(String.init) : nil
  }

  /// What the names of a table's keys begin with, where they stand above all tables.
  var tablePrefix: String { rawValue.prefix { $0 != "." } + "." }

  /// The key inside its table.
  var leaf: String { rawValue.split(separator: ".").last.map(String.init) ?? rawValue }
}
