package import FonanaCore
import Foundation

/// A damaged store that was set aside, and what was saved of it. Its folder beside the store holds
/// the damaged files as they were, and this as `report.json`.
package struct StoreRescue: Codable, Sendable, Hashable {
  /// When it was found.
  package var at: Timestamp
  /// What SQLite found, without any content.
  package var reason: String
  /// The folder with the copy.
  package var folder: String
  /// Messages that were waiting and still are.
  package var savedItems: Int
  /// Whether every row of the outbox could be read.
  package var isOutboxComplete: Bool

  static let reportName = "report.json"

  /// Of the newest rescue whose folder is still there; nil: none.
  package static func newest(of store: String) -> StoreRescue? {
    folders(of: store).reversed().lazy.compactMap(report).first
  }

  /// Whether a folder may be the only place of a message that was never sent.
  static func mayHoldUnsaved(of store: String) -> Bool {
    folders(of: store).contains { report(in: $0)?.isOutboxComplete != true }
  }

  private static func report(in folder: String) -> StoreRescue? {
    guard let data = try? Data(contentsOf: URL(filePath: folder + "/" + reportName)) else {
      return nil
    }
    return try? JSONDecoder().decode(StoreRescue.self, from: data)
  }

  /// Oldest first.
  static func folders(of store: String) -> [String] {
    StoreFile.companions(of: store, named: "damaged-")
  }

  static func folder(of store: String, at now: Timestamp) -> String {
    let parent = URL(filePath: store).deletingLastPathComponent()
    return parent.appending(path: "damaged-\(now.milliseconds)").path(percentEncoded: false)
  }

  /// The copies hold what a person wants to be gone.
  static func removeAll(of store: String) throws {
    for folder in folders(of: store) { try FileManager.default.removeItem(atPath: folder) }
  }
}
