package import FonanaCore

/// A time (or none) that is text at this border: `2026-11-24T13:49:48.563Z`, or null.
@propertyWrapper
package struct RFC3339<Value: TextTime> {
  package var wrappedValue: Value
  package init(wrappedValue: Value) { self.wrappedValue = wrappedValue }
}

/// What `RFC3339` can hold: `Timestamp` and `Timestamp?`.
package protocol TextTime: Sendable, Hashable {
  init?(timeText: String?)
  var timeText: String? { get }
}

extension Timestamp: TextTime {
  package init?(timeText: String?) {
    guard let timeText else { return nil }
    self.init(timeText)
  }

  package var timeText: String? { description }
}

extension Timestamp?: TextTime {
  package init?(timeText: String?) {
    guard let timeText else {
      self = .none
      return
    }
    guard let time = Timestamp(timeText) else { return nil }
    self = .some(time)
  }

  package var timeText: String? { self?.description }
}

extension RFC3339: Sendable, Hashable {}

extension RFC3339: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let text = wrappedValue.timeText {
      try container.encode(text)
    } else {
      try container.encodeNil()
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = container.decodeNil() ? nil : try container.decode(String.self)
    guard let value = Value(timeText: text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a time")
    }
    wrappedValue = value
  }
}

extension KeyedDecodingContainer {
  /// Synthesised decoders find this one: an absent key is null.
  package func decode(
    _ type: RFC3339<Timestamp?>.Type, forKey key: Key
  ) throws -> RFC3339<Timestamp?> {
    try decodeIfPresent(type, forKey: key) ?? RFC3339(wrappedValue: nil)
  }
}
