import FonanaCore

/// The settings: what can't be read is refused with a sentence.
enum SettingsTarget {
  static func run(_ bytes: [UInt8]) {
    _ = try? ConfigurationFile(text: String(decoding: bytes, as: UTF8.self), path: "/config.toml")
  }
}
