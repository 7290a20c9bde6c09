import FonanaTestSupport
import Foundation
import GRDB
import Testing

@testable import LocalStore

/// Each has a fixture; a schema gets its own when the first release writes it.
let releasedSchemas = 1...1

/// Writes a store as the release of that schema wrote it, and gives its path.
func released(_ version: Int, in home: TemporaryHome) throws -> String {
  let fixture = try #require(
    Bundle.module.url(
      forResource: "schema-\(version)", withExtension: "sql", subdirectory: "Fixtures"))
  let path = home.path("released.sqlite")
  let file = try DatabaseQueue(path: path)
  try file.writeWithoutTransaction {
    try $0.execute(sql: String(contentsOf: fixture, encoding: .utf8))
  }
  try file.close()
  return path
}

func openReleased(_ version: Int, in home: TemporaryHome) throws -> LocalStore {
  try LocalStore.open(path: try released(version, in: home), checking: true)
}
