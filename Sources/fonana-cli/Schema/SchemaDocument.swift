import ControlProtocol
import FonanaCore

/// A JSON Schema (draft 2020-12): of a command's output, of an event, or of all.
struct SchemaDocument: Renderable {
  let members: [String: JSONValue]

  /// Every command's and every event's schema by its name, all among the definitions.
  static func all() throws(FonanaError) -> SchemaDocument {
    try make(title: "fonana --json") { reader throws in
      var named: [String: JSONValue] = [:]
      for entry in CommandTable.entries {
        let words = entry.words.joined(separator: " ")
        guard let forms = PrintedForm.ofCommand[words], !forms.isEmpty else { continue }
        named["fonana \(words)"] = ["anyOf": .array(try alternatives(forms, reader))]
      }
      for form in PrintedForm.events {
        guard case .event(let name) = form else { continue }
        named["event \(name.rawValue)"] = try form.schema(reader)
      }
      let references = named.keys.sorted().map { name in
        JSONValue.object(["$ref": .string("#/$defs/\(escaped(name))")])
      }
      return (references, named)
    }
  }

  static func of(command words: String) throws(FonanaError) -> SchemaDocument? {
    guard let forms = PrintedForm.ofCommand[words] else { return nil }
    guard !forms.isEmpty else {
      throw FonanaError(.invalidInput, "“fonana \(words)” prints no JSON.")
    }
    return try make(title: "fonana \(words) --json") { reader throws in
      (try alternatives(forms, reader), [:])
    }
  }

  static func of(event name: String) throws(FonanaError) -> SchemaDocument? {
    for form in PrintedForm.events {
      guard case .event(let event) = form, event.rawValue == name else { continue }
      return try make(title: "event \(name)") { reader throws in
        ([try form.schema(reader)], [:])
      }
    }
    return nil
  }

  /// What it prints when it succeeds, or the error.
  private static func alternatives(
    _ forms: [PrintedForm], _ reader: SchemaReader
  ) throws -> [JSONValue] {
    try forms.map { try $0.schema(reader) } + [try reader.printed(ErrorReport.self)]
  }

  private static func make(
    title: String, _ content: (SchemaReader) throws -> ([JSONValue], [String: JSONValue])
  ) throws(FonanaError) -> SchemaDocument {
    let reader = SchemaReader()
    do {
      let (alternatives, named) = try content(reader)
      return SchemaDocument(members: [
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": .string(title),
        "anyOf": .array(alternatives),
        "$defs": .object(named.merging(reader.definitions) { $1 }),
      ])
    } catch {
      throw FonanaError(.internalDefect, "The schema could not be made: \(error).")
    }
  }

  /// For the fragment of an address.
  private static func escaped(_ name: String) -> String {
    name.split(separator: " ").joined(separator: "%20")
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for (name, value) in members { try container.encode(value, forKey: Key(stringValue: name)) }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// The same, for eyes.
  func text(_ style: TextStyle) -> String {
    (try? ControlJSON.text(Schematic(self))) ?? ""
  }
}
