import ControlProtocol
import FonanaAPI
import FonanaCore
import Logging
import SyncEngine

/// What the daemon runs by: each setting with where it comes from, and the typed values.
struct DaemonConfiguration: Sendable {
  private(set) var settings: [SettingKey: (value: SettingValue, origin: SettingInfo.Origin)] = [:]
  let hooks: [HookConfiguration]
  private let places: [SettingKey: String]

  /// Environment over file over default. Every value is checked.
  init(file: ConfigurationFile, environment: [String: String]) throws(FonanaError) {
    (hooks, places) = (file.hooks, file.places)
    for key in SettingKey.allCases {
      if let value = try Self.fromEnvironment(key, environment) {
        settings[key] = (value, .environment)
      } else if let value = file.values[key] {
        settings[key] = (value, .file)
      } else if let value = key.standard {
        settings[key] = (value, .standard)
      }
    }
    try checkMeanings()
  }

  /// A flag of the command line overrides all.
  mutating func override(_ key: SettingKey, with text: String) throws(FonanaError) {
    guard let value = key.kind.parse(text), key.kind.accepts(value) else {
      throw FonanaError(
        .invalidInput, "“\(DisplayText.line(text, limit: 40))” can't be \(key.rawValue).",
        hint: "It must be \(key.kind.description).")
    }
    settings[key] = (value, .flag)
  }

  private static func fromEnvironment(
    _ key: SettingKey, _ environment: [String: String]
  ) throws(FonanaError) -> SettingValue? {
    guard let name = key.environmentName, let text = environment[name], !text.isEmpty else {
      return nil
    }
    guard let value = key.kind.parse(text), key.kind.accepts(value) else {
      throw FonanaError(
        .badConfiguration,
        "The environment's \(name) is “\(DisplayText.line(text, limit: 40))”.",
        hint: "It must be \(key.kind.description).")
    }
    return value
  }

  /// What the kinds can't tell: addresses and hours.
  private func checkMeanings() throws(FonanaError) {
    if let text = text(.notificationsQuietHours), QuietHours(text) == nil {
      throw placed(
        FonanaError(
          .badConfiguration,
          "notifications.quiet_hours is “\(DisplayText.line(text, limit: 40))”.",
          hint: "It must look like \"22:00-08:00\"."), at: .notificationsQuietHours)
    }
  }

  /// Says where the setting stands that `error` is about.
  private func placed(_ error: FonanaError, at key: SettingKey) -> FonanaError {
    var error = error
    switch settings[key]?.origin {
    case .file:
      guard let place = places[key] else { break }
      error.message = "The configuration is wrong in \(place): \(error.message)"
    case .environment:
      let name = key.environmentName.map { " (\($0))" } ?? ""
      error.message = "The environment is wrong\(name): \(error.message)"
    default: break
    }
    return error
  }

  var listing: [SettingInfo] {
    SettingKey.allCases.map { key in
      SettingInfo(
        key: key.rawValue, value: settings[key]?.value.json,
        origin: settings[key]?.origin ?? .standard)
    }.sorted { $0.key < $1.key }
  }

  func text(_ key: SettingKey) -> String? {
    if case .text(let text) = settings[key]?.value, !text.isEmpty { text } else { nil }
  }

  func flag(_ key: SettingKey) -> Bool {
    if case .flag(let value) = settings[key]?.value { value } else { false }
  }

  func number(_ key: SettingKey) -> Int {
    if case .number(let value) = settings[key]?.value { value } else { 0 }
  }

  func texts(_ key: SettingKey) -> [String] {
    if case .texts(let texts) = settings[key]?.value { texts } else { [] }
  }
}

extension DaemonConfiguration {
  var mode: SyncMode { text(.syncMode).flatMap(SyncMode.init(rawValue:)) ?? .onRead }

  var reconcile: EngineConfiguration.Reconcile {
    text(.syncReconcile).flatMap(EngineConfiguration.Reconcile.init(rawValue:)) ?? .pull
  }

  var wantsSecretService: Bool { text(.credentials) == "secret-service" }

  var logLevel: Logger.Level {
    text(.daemonLogLevel).flatMap(Logger.Level.init(rawValue:)) ?? .info
  }

  var notifications: NotificationPolicy {
    NotificationPolicy(
      isEnabled: flag(.notificationsEnabled), showsContent: flag(.notificationsShowContent),
      quietHours: text(.notificationsQuietHours).flatMap(QuietHours.init),
      muted: Set(
        texts(.notificationsMute).map { $0.lowercased() }
          .map { $0.hasPrefix("@") ? String($0.dropFirst()) : $0 }))
  }

  /// Checks the addresses and reads the certificates.
  func api(
    outboxFolder: String, environment: [String: String]
  ) throws(FonanaError) -> APIConfiguration {
    try checkAddresses()
    return try APIConfiguration(
      server: text(.server) ?? "", webSocketURL: text(.websocket),
      socketToken: text(.websocketToken) == "header" ? .header : .both,
      caFile: text(.caFile), proxy: try proxy(environment), outboxFolder: outboxFolder,
      version: BuildInfo.version, environment: environment)
  }

  /// One after the other, to know which is wrong.
  private func checkAddresses() throws(FonanaError) {
    try checkAddress(.server)
    if let socket = text(.websocket) { try checkAddress(.websocket, socket: socket) }
    if let file = text(.caFile) { try checkAddress(.caFile, certificates: file) }
  }

  private func checkAddress(
    _ key: SettingKey, socket: String? = nil, certificates: String? = nil
  ) throws(FonanaError) {
    do {
      _ = try APIConfiguration(
        server: text(.server) ?? "", webSocketURL: socket, caFile: certificates, outboxFolder: "",
        version: BuildInfo.version, environment: [:])
    } catch {
      throw placed(error, at: key)
    }
  }

  private func proxy(
    _ environment: [String: String]
  ) throws(FonanaError) -> APIConfiguration.Proxy? {
    let names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
    guard let address = text(.proxy) ?? names.lazy.compactMap({ environment[$0] }).first,
      !address.isEmpty
    else { return nil }
    do {
      return try ProxyAddress.parse(address)
    } catch {
      throw text(.proxy) == nil ? error : placed(error, at: .proxy)
    }
  }
}
