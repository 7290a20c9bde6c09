/// A JSON value as it stands on the wire: members keep their order and numbers keep their digits,
/// so that stored metadata goes back to both parties unchanged.
package enum WireJSON: Sendable, Equatable {
  case null
  case bool(Bool)
  /// The digits as they were written.
  case number(String)
  case string(String)
  case array([WireJSON])
  case object([Member])

  package struct Member: Sendable, Equatable {
    package let key: String
    package var value: WireJSON

    package init(key: String, value: WireJSON) {
      self.key = key
      self.value = value
    }
  }

  /// The member of an object; nil for an absent one and for values that are not objects.
  package subscript(key: String) -> WireJSON? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  package var stringValue: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  package var boolValue: Bool? {
    guard case .bool(let flag) = self else { return nil }
    return flag
  }

  package var doubleValue: Double? {
    guard case .number(let digits) = self else { return nil }
    return Double(digits)
  }

  package var intValue: Int? {
    guard case .number(let digits) = self else { return nil }
    return Int(digits) ?? Double(digits).flatMap { Int(exactly: $0.rounded()) }
  }

  package var arrayValue: [WireJSON]? {
    guard case .array(let values) = self else { return nil }
    return values
  }

  /// What JavaScript's `if (value)` says.
  package var isTruthy: Bool {
    switch self {
    case .null: false
    case .bool(let flag): flag
    case .number(let digits): Double(digits).map { $0 != 0 && !$0.isNaN } ?? false
    case .string(let text): !text.isEmpty
    case .array, .object: true
    }
  }

  /// Whether any text inside holds U+0000, which the server's database can't store.
  package var containsNUL: Bool {
    switch self {
    case .null, .bool, .number: false
    case .string(let text): text.utf8.contains(0)
    case .array(let values): values.contains { $0.containsNUL }
    case .object(let members): members.contains { $0.key.utf8.contains(0) || $0.value.containsNUL }
    }
  }

  package static func int(_ value: some BinaryInteger) -> WireJSON {
    .number(String(value))
  }

  /// A text, or null when there is none.
  package static func text(_ value: String?) -> WireJSON {
    value.map { .string($0) } ?? .null
  }

  /// The object with further members behind its own.
  package func adding(_ more: [Member]) -> WireJSON {
    guard case .object(let members) = self else { return self }
    return .object(members + more)
  }
}

extension WireJSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
  package init(dictionaryLiteral elements: (String, WireJSON)...) {
    self = .object(elements.map { Member(key: $0.0, value: $0.1) })
  }

  package init(arrayLiteral elements: WireJSON...) {
    self = .array(elements)
  }
}

extension WireJSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral
{
  package init(stringLiteral value: String) {
    self = .string(value)
  }

  package init(booleanLiteral value: Bool) {
    self = .bool(value)
  }

  package init(integerLiteral value: Int) {
    self = .number(String(value))
  }
}
