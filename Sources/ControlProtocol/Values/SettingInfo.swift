/// An element of `config list`.
package struct SettingInfo: Codable, Sendable, Hashable {
  package enum Origin: String, Codable, Sendable, CaseIterable {
    case flag, environment, file
    case standard = "default"
  }

  package var key: String
  @Nullable package var value: JSONValue?
  package var origin: Origin

  package init(key: String, value: JSONValue? = nil, origin: Origin) {
    self.key = key
    self.value = value
    self.origin = origin
  }
}

/// The answer of `config.current`, sorted by key.
package struct SettingListing: Codable, Sendable, Hashable {
  package var settings: [SettingInfo]

  package init(settings: [SettingInfo]) {
    self.settings = settings
  }
}
