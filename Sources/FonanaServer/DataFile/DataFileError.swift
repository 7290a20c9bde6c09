package struct DataFileError: Error, Equatable, CustomStringConvertible {
  package let path: String
  /// In SQLite's words, or in ours when the file holds something else.
  package let reason: String

  package var description: String { "The data file \(path) can't be used: \(reason)." }
}
