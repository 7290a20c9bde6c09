import ControlProtocol
import FonanaCore

/// One of the objects that a command prints with `--json`.
enum PrintedForm: Sendable {
  case value(any (Decodable & SendableMetatype).Type)
  /// The lines of `watch`.
  case event(EventName)

  static let events = (EventKind.allCases.map { EventName($0) } + [.ready, .lost, .heartbeat])
    .map { PrintedForm.event($0) }

  /// By the command's words; without any for one that prints no JSON.
  static let ofCommand: [String: [PrintedForm]] = [
    "login": [.value(AccountInfo.self)], "whoami": [.value(AccountInfo.self)],
    "logout": [.value(LogoutReport.self)],
    "send": [.value(SendResult.self)],
    "read": [.value(ReadResult.self), .value(MessageInfo.self)],
    "show": [.value(MessageInfo.self)],
    "save": [.value(SavedImage.self)],
    "inbox": [.value(InboxResult.self), .value(AllProfiles<InboxResult>.self)],
    "search": [.value(SearchResult.self)],
    "watch": events + [
      .value(ConsumerListing.self), .value(AcknowledgeResult.self), .value(ConsumerTarget.self),
    ],
    "outbox list": [.value(OutboxListing.self)], "outbox show": [.value(OutboxDetail.self)],
    "outbox retry": change, "outbox cancel": change, "outbox skip": change, "outbox edit": change,
    "outbox hold": change, "outbox release": change,
    "notifications list": [.value(NotificationsResult.self)],
    "notifications read": [.value(NotificationReadResult.self)],
    "notify mute": popUps, "notify snooze": popUps, "notify test": popUps,
    "export": [.value(ExportLine.self), .value(ExportedFile.self)],
    "backup": [.value(BackupResult.self)], "restore": [.value(RestoreResult.self)],
    "verify": [.value(VerifyResult.self)], "forget": [.value(ForgetResult.self)],
    "store stats": [.value(StoreReport.self)], "store vacuum": [.value(StoreReport.self)],
    "hooks list": [.value(HookListing.self)],
    "hooks retry": [.value(HookInfo.self)], "hooks skip": [.value(HookInfo.self)],
    "status": [.value(StatusReport.self), .value(AllProfiles<StatusReport>.self)],
    "wait": [.value(WaitResult.self)],
    "logs": [.value(LogLine.self), .value(ForeignLine.self)],
    "doctor": [.value(DoctorReport.self), .value(ExchangeReport.self)],
    "dashboard": [.value(DashboardOpening.self)],
    "bugreport": [.value(SavedReport.self)],
    "daemon start": [.value(RunningDaemon.self)], "daemon restart": [.value(RunningDaemon.self)],
    "daemon stop": [.value(StoppedDaemon.self)], "daemon run": [],
    "daemon enable": [.value(EnabledService.self)],
    "daemon disable": [.value(DisabledService.self)],
    "daemon log-level": [.value(LogLevelRequest.self)],
    "config list": [.value(SettingListing.self)], "config get": [.value(SettingInfo.self)],
    "config set": [.value(ChangedSetting.self)], "config path": [.value(FilePath.self)],
    "profiles": [.value(ProfileListing.self)], "completions": [.value(CompletionScript.self)],
    "schema": [.value(SchemaOutline.self)],
  ]

  private static let change: [PrintedForm] = [.value(OutboxActResult.self)]
  private static let popUps: [PrintedForm] = [.value(NotifyResult.self)]

  func schema(_ reader: SchemaReader) throws -> JSONValue {
    switch self {
    case .value(let type): return try reader.printed(type)
    case .event(let name):
      let more: [String: JSONValue] = [
        "event": ["const": .string(name.rawValue)], "data": try reader.schema(of: name.dataType),
      ]
      return try reader.printed(EventLine.self, with: more)
    }
  }
}

/// A line of `watch`, but for what the event's name decides.
private struct EventLine: Decodable {
  var cursor: Int64
  @RFC3339 var at: Timestamp
  var event: EventName
  var replayed: Bool
  var data: JSONValue
  /// With `--all-profiles`.
  var profile: String?
}

/// What `schema` itself prints.
struct SchemaOutline: Decodable {
  var schema: Int
  var title: String
  var anyOf: [JSONValue]
}
