/// The members of a JSON object in order. Of two members with one name the last counts, as for
/// the server's own reader.
struct JSONObject: Sendable {
  private(set) var members: [(name: String, value: JSONSlice)] = []

  /// nil when the bytes are no object, or its own level is broken; values are not looked into.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.first == UInt8(ascii: "{") else { return nil }
    var cursor = JSONCursor(bytes.dropFirst())
    if !cursor.skip("}") {
      repeat {
        guard let name = cursor.value()?.string, cursor.skip(":"), let value = cursor.value()
        else { return nil }
        members.append((name, value))
      } while cursor.skip(",")
      guard cursor.skip("}") else { return nil }
    }
    guard cursor.isAtEnd else { return nil }
  }

  /// An object whose bytes were cut: the members before the cut.
  init(readingStartOf bytes: some Sequence<UInt8>) {
    let bytes = JSONSlice(bytes).bytes
    guard bytes.first == UInt8(ascii: "{") else { return }
    var cursor = JSONCursor(bytes.dropFirst())
    repeat {
      guard let name = cursor.value()?.string, cursor.skip(":"), let value = cursor.value()
      else { return }
      members.append((name, value))
    } while cursor.skip(",")
  }

  /// nil when it is absent or null.
  subscript(_ name: String) -> JSONSlice? {
    guard let value = members.last(where: { $0.name == name })?.value, !value.isNull else {
      return nil
    }
    return value
  }
}
