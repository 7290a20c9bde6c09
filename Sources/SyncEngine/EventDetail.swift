package import FonanaCore
import FoundationEssentials

/// What the store keeps of an event that has no row of its own: what of its data
/// (docs/interface.md) only the engine knows, and only at that moment.
package struct EventDetail: Hashable, Sendable, Codable {
  /// `connection.changed`.
  package var state: String?
  package var error: FonanaError?
  /// `token.refreshed`.
  package var expiresAt: String?
  /// `sync.progress`: how many there are, and how many of them are not whole.
  package var conversations: Int?
  package var waiting: Int?

  package init() {}

  /// Empty for text that is none.
  package init(_ json: JSONText?) {
    let read = json.flatMap { try? JSONDecoder().decode(Self.self, from: Data($0.text.utf8)) }
    self = read ?? Self()
  }

  package var json: JSONText {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data = try? encoder.encode(self)
    return JSONText(data.map { String(decoding: $0, as: UTF8.self) } ?? "{}")
  }
}
