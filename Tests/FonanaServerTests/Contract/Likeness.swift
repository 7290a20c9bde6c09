import FonanaServer

/// Compares a recorded value with ours: equal in shape and in every value that is not an id, a date
/// or a token. Recorded ids are bound to ours at first sight and must stay bound, one to one.
struct Likeness {
  private(set) var ours: [String: String] = [:]
  private var recorded: [String: String] = [:]

  /// The differences, each with its place.
  mutating func differences(
    _ expected: WireJSON, _ actual: WireJSON, at place: String = ""
  ) -> [String] {
    switch (expected, actual) {
    case (.object(let expectedMembers), .object(let actualMembers)):
      return compare(expectedMembers, actualMembers, at: place)
    case (.array(let expectedValues), .array(let actualValues)):
      guard expectedValues.count == actualValues.count else {
        return ["\(place): \(actualValues.count) elements instead of \(expectedValues.count)"]
      }
      return zip(expectedValues, actualValues).enumerated().flatMap { index, pair in
        differences(pair.0, pair.1, at: "\(place)[\(index)]")
      }
    case (.string(let expectedText), .string(let actualText)):
      return compare(expectedText, actualText, at: place)
    default:
      return expected == actual
        ? [] : ["\(place): \(actual.text) instead of \(expected.text)"]
    }
  }

  /// A recorded text with our ids in the place of the recorded ones.
  func translated(_ text: String) -> String {
    ours.reduce(text) { $0.replacing($1.key, with: $1.value) }
  }

  private mutating func compare(
    _ expected: [WireJSON.Member], _ actual: [WireJSON.Member], at place: String
  ) -> [String] {
    let expectedKeys = expected.map(\.key).sorted()
    let actualKeys = actual.map(\.key).sorted()
    guard expectedKeys == actualKeys else {
      return ["\(place): keys \(actualKeys) instead of \(expectedKeys)"]
    }
    let values = Dictionary(actual.map { ($0.key, $0.value) }) { $1 }
    return expected.flatMap { member in
      differences(member.value, values[member.key] ?? .null, at: "\(place).\(member.key)")
    }
  }

  private mutating func compare(_ expected: String, _ actual: String, at place: String) -> [String]
  {
    let kind = TextKind(expected)
    guard kind == TextKind(actual) else { return ["\(place): \(actual) is no \(kind)"] }
    switch kind {
    case .id: return bind(expected, actual, at: place)
    case .zonedDate, .zonelessDate, .token, .fileAddress: return []
    case .plain:
      let wanted = translated(expected)
      return wanted == actual ? [] : ["\(place): \"\(actual)\" instead of \"\(wanted)\""]
    }
  }

  private mutating func bind(_ expected: String, _ actual: String, at place: String) -> [String] {
    let known = ours[expected] ?? actual
    let origin = recorded[actual] ?? expected
    guard known == actual, origin == expected else {
      return ["\(place): \(actual) stands for another id than \(expected)"]
    }
    ours[expected] = actual
    recorded[actual] = expected
    return []
  }
}
