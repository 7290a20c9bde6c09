import ControlProtocol
import FonanaCore

extension ConfigurationCommand {
  /// The text for stdout. No daemon is asked or needed.
  func run(
    paths: ProfilePaths, environment: [String: String], isJSON: Bool
  ) throws(FonanaError) -> String {
    switch self {
    case .path: return try path(paths.configurationFile, isJSON: isJSON)
    case .set(let key, let value):
      try ConfigurationEditor(path: paths.configurationFile).set(key, to: value)
      return ""
    case .get(let name):
      guard let key = SettingKey(rawValue: name) else { throw ConfigurationEditor.unknown(name) }
      let configuration = try load(paths, environment)
      guard isJSON else { return (configuration.settings[key]?.value.plain ?? "") + "\n" }
      return try json(configuration.listing.filter { $0.key == name })
    case .list:
      let configuration = try load(paths, environment)
      guard isJSON else { return plain(configuration.listing, configuration) }
      return try json(configuration.listing)
    }
  }

  private func load(
    _ paths: ProfilePaths, _ environment: [String: String]
  ) throws(FonanaError) -> DaemonConfiguration {
    try DaemonConfiguration(
      file: try ConfigurationFile(path: paths.configurationFile), environment: environment)
  }

  private func json(_ settings: [SettingInfo]) throws(FonanaError) -> String {
    let bytes = try ControlJSON.encode(SettingListing(settings: settings))
    return String(decoding: bytes, as: UTF8.self) + "\n"
  }

  private func path(_ path: String, isJSON: Bool) throws(FonanaError) -> String {
    guard isJSON else { return path + "\n" }
    return String(decoding: try ControlJSON.encode(["path": path]), as: UTF8.self) + "\n"
  }

  private func plain(_ settings: [SettingInfo], _ configuration: DaemonConfiguration) -> String {
    settings.map { setting in
      let value = SettingKey(rawValue: setting.key).flatMap { configuration.settings[$0]?.value }
      return "\(setting.key) = \(value?.toml ?? "") (\(setting.origin.rawValue))\n"
    }.joined()
  }
}
