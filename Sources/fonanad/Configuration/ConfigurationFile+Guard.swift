import FonanaCore

extension ConfigurationFile {
  /// See `ConfigurationForm`.
  static func refuseWhatEndsTheReader(_ text: String, _ path: String) throws(FonanaError) {
    do throws(ConfigurationForm.Problem) {
      try ConfigurationForm.check(text)
    } catch {
      throw wrong(path, line: error.line, "it is not TOML, or no setting: \(error.what).")
    }
  }
}
