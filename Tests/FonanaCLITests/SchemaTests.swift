import ControlProtocol
import FonanaCore
import Testing

@testable import fonana_cli

/// `fonana schema`: what every command prints, read off the types that are printed.
@Suite struct SchemaTests {
  @Test func everyCommandHasASchemaAndNoOtherHas() {
    let words = CommandTable.entries.map { $0.words.joined(separator: " ") }
    #expect(Set(words) == Set(PrintedForm.ofCommand.keys))
    let without = PrintedForm.ofCommand.filter { $0.value.isEmpty }.map(\.key)
    #expect(without == ["daemon run"], "it is the daemon, and prints nothing of its own")
  }

  @Test(arguments: CommandTable.entries.map { $0.words.joined(separator: " ") })
  func everySchemaCanBeMadeAndRefersToWhatItHas(_ words: String) throws {
    guard PrintedForm.ofCommand[words]?.isEmpty == false else { return }
    let members = try #require(try SchemaDocument.of(command: words)).members
    try Self.expectSound(.object(members))
    let alternatives = try Self.elements(members["anyOf"])
    #expect(alternatives.count >= 2, "success and error")
  }

  @Test func theSchemaOfAllHoldsEveryCommandAndEvent() throws {
    let all = JSONValue.object(try SchemaDocument.all().members)
    try Self.expectSound(all)
    let definitions = try Self.members(all["$defs"])
    for kind in EventKind.allCases { #expect(definitions["event \(kind.rawValue)"] != nil) }
    for name in ["fonana inbox", "fonana outbox show", "event ready", "event events.lost"] {
      #expect(definitions[name] != nil, "\(name)")
    }
  }

  @Test func aMessageIsDescribedWithItsNullsAndWords() throws {
    let members = try #require(try SchemaDocument.of(command: "show")).members
    let first = try #require(try Self.elements(members["anyOf"]).first)
    let properties = try #require(first["properties"])
    #expect(properties["isOwn"] == ["type": "boolean"])
    #expect(properties["price"] == ["type": ["number", "null"]])
    #expect(properties["createdAt"] == ["type": ["string", "null"], "format": "date-time"])
    #expect(properties["schema"] == ["const": 1])
    #expect(
      properties["state"]?["enum"]
        == .array(
          MessageInfo.State.allCases.map { .string($0.rawValue) }))
    let required = try Self.elements(first["required"])
    let all = try Self.members(properties)
    #expect(required.count == all.count, "every key is always there")
  }

  @Test func whatIsNoCommandGetsASuggestion() {
    #expect(throws: Never.self) { try SchemaDocument.of(event: "message.received") }
    #expect(throws: FonanaError.self) { try SchemaDocument.of(command: "daemon run") }
  }

  /// Every reference leads somewhere.
  private static func expectSound(_ document: JSONValue) throws {
    let definitions = try members(document["$defs"])
    func look(_ value: JSONValue) {
      switch value {
      case .array(let elements): elements.forEach(look)
      case .object(let members):
        if let reference = members["$ref"]?.string {
          let name = reference.dropFirst("#/$defs/".count).replacing("%20", with: " ")
          #expect(definitions[String(name)] != nil, "\(reference)")
        }
        members.values.forEach(look)
      default: break
      }
    }
    look(document)
  }

  private static func elements(_ value: JSONValue?) throws -> [JSONValue] {
    guard case .array(let elements)? = value else { throw SchemaFailure(type: [JSONValue].self) }
    return elements
  }

  private static func members(_ value: JSONValue?) throws -> [String: JSONValue] {
    guard case .object(let members)? = value else { throw SchemaFailure(type: JSONValue.self) }
    return members
  }
}
