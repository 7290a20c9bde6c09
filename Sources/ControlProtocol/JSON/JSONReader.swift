package import FonanaCore

/// Reads the members of an object by hand.
///
/// The decoders that the compiler writes look types up at run time, once for each type, by a search
/// through all conformances of the program: for the answer of `status` that took longer than the
/// question. What a command that is typed often gets back is read with this instead.
package struct JSONReader {
  private let members: [String: JSONValue]
  /// Where the object stands, for errors: `connection.`.
  private let path: String

  package init(_ value: JSONValue, at path: String = "") throws(FonanaError) {
    guard case .object(let members) = value else { throw Self.wrong(path) }
    self.members = members
    self.path = path
  }

  /// The object behind `key`.
  package func object(_ key: String) throws(FonanaError) -> JSONReader {
    try JSONReader(try member(key), at: path + key + ".")
  }

  /// nil when it is null or absent.
  package func optionalObject(_ key: String) throws(FonanaError) -> JSONReader? {
    guard let value = known(key) else { return nil }
    return try JSONReader(value, at: path + key + ".")
  }

  private func objects(_ key: String) throws(FonanaError) -> [JSONReader] {
    guard case .array(let values) = try member(key) else { throw Self.wrong(path + key) }
    var readers: [JSONReader] = []
    for value in values { readers.append(try JSONReader(value, at: path + key + ".")) }
    return readers
  }

  /// What is behind `key`, made of its reader; nil when it is null or absent.
  func optional<Value>(
    _ key: String, _ make: (JSONReader) throws(FonanaError) -> Value
  ) throws(FonanaError) -> Value? {
    guard let object = try optionalObject(key) else { return nil }
    return try make(object)
  }

  func list<Value>(
    _ key: String, _ make: (JSONReader) throws(FonanaError) -> Value
  ) throws(FonanaError) -> [Value] {
    var values: [Value] = []
    for object in try objects(key) { values.append(try make(object)) }
    return values
  }

  package func text(_ key: String) throws(FonanaError) -> String {
    try text(of: try member(key), key)
  }

  package func optionalText(_ key: String) throws(FonanaError) -> String? {
    guard let value = known(key) else { return nil }
    return try text(of: value, key)
  }

  /// None when it is null or absent, as where an older daemon answers.
  package func texts(_ key: String) throws(FonanaError) -> [String] {
    guard let value = known(key) else { return [] }
    guard case .array(let elements) = value else { throw Self.wrong(path + key) }
    var texts: [String] = []
    for element in elements { texts.append(try text(of: element, key)) }
    return texts
  }

  private func text(of value: JSONValue, _ key: String) throws(FonanaError) -> String {
    guard case .string(let text) = value else { throw Self.wrong(path + key) }
    return text
  }

  package func flag(_ key: String) throws(FonanaError) -> Bool {
    guard case .bool(let flag) = try member(key) else { throw Self.wrong(path + key) }
    return flag
  }

  package func integer(_ key: String) throws(FonanaError) -> Int64 {
    guard case .number(let text) = try member(key), let number = Int64(text) else {
      throw Self.wrong(path + key)
    }
    return number
  }

  package func count(_ key: String) throws(FonanaError) -> Int { Int(try integer(key)) }

  package func double(_ key: String) throws(FonanaError) -> Double {
    guard let number = try member(key).double else { throw Self.wrong(path + key) }
    return number
  }

  package func optionalDouble(_ key: String) throws(FonanaError) -> Double? {
    known(key) == nil ? nil : try double(key)
  }

  /// Whatever it is; nil when it is null or absent.
  package func optionalValue(_ key: String) -> JSONValue? { known(key) }

  package func time(_ key: String) throws(FonanaError) -> Timestamp {
    try time(of: try member(key), key)
  }

  package func optionalTime(_ key: String) throws(FonanaError) -> Timestamp? {
    guard let value = known(key) else { return nil }
    return try time(of: value, key)
  }

  private func time(of value: JSONValue, _ key: String) throws(FonanaError) -> Timestamp {
    guard let time = Timestamp(try text(of: value, key)) else { throw Self.wrong(path + key) }
    return time
  }

  /// One of the words of an enumeration: `try word("state", State.init)`.
  package func word<Word>(
    _ key: String, _ make: (String) -> Word?
  ) throws(FonanaError) -> Word {
    guard let word = make(try text(key)) else { throw Self.wrong(path + key) }
    return word
  }

  private func known(_ key: String) -> JSONValue? {
    guard let value = members[key] else { return nil }
    if case .null = value { return nil }
    return value
  }

  private func member(_ key: String) throws(FonanaError) -> JSONValue {
    guard let value = members[key] else {
      throw FonanaError(.invalidInput, "The member “\(path)\(key)” is missing.")
    }
    return value
  }

  private static func wrong(_ place: String) -> FonanaError {
    FonanaError(.invalidInput, "The member “\(place)” is not what was expected.")
  }
}
