import FonanaCore

extension JSONObject {
  /// nil when absent, null, empty or no text.
  func identifier<ID: Identifier>(_ name: String) -> ID? {
    guard let text = self[name]?.string, !text.isEmpty else { return nil }
    return ID(text)
  }

  func string(_ name: String) -> String? { self[name]?.string }

  /// ISO text; without a zone it means UTC (docs/protocol.md, 3).
  func timestamp(_ name: String) -> Timestamp? { self[name]?.string.flatMap { Timestamp($0) } }

  /// SOL, as a number or as a number in a text.
  func price(_ name: String) -> Double? {
    guard let value = self[name] else { return nil }
    guard let price = value.number ?? value.string.flatMap(Double.init), price.isFinite else {
      return nil
    }
    return price
  }

  /// Whether a member is there with something else than a text, so that it was not understood.
  func isOddString(_ name: String) -> Bool { self[name].map { $0.string == nil } ?? false }

  func isOddBool(_ name: String) -> Bool { self[name].map { $0.bool == nil } ?? false }
}
