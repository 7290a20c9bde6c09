import FonanaCore
package import FoundationEssentials

/// Records as lines of JSON, so that the same record is the same line: keys are sorted, and secrets
/// are named in the order in which they come.
package struct RecordText: Sendable {
  private var names = SecretNames()

  package init() {}

  package mutating func line(of record: EngineRecord) throws -> Data {
    if case .start = record { names = SecretNames() }  // a process names its own
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if let key = SecretNames.key { encoder.userInfo[key] = names }
    return try encoder.encode(record)
  }

  package static func record(of line: Data) throws -> EngineRecord {
    try JSONDecoder().decode(EngineRecord.self, from: line)
  }
}
