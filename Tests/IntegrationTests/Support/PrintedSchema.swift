import FonanaServer
import FonanaTestSupport
import Testing

/// What `fonana schema` promises, held against what the commands print in the tests.
actor PrintedSchema {
  private static let shared = PrintedSchema()
  private var document: WireJSON?

  /// Every line of the output of a command with `--json` fits the command's schema.
  static func check(_ output: String, of arguments: [String], by command: Program) async throws {
    guard let words = words(arguments) else { return }
    let document = try await shared.whole(command)
    guard let named = definition(words, in: document) else { return }
    for line in output.split(separator: "\n") {
      for problem in problems(of: String(line), named, in: document) {
        Issue.record("\(arguments) does not print what its schema says: \(problem)")
      }
    }
  }

  /// What is wrong with a line; for events with the name `event NAME`.
  static func problems(
    ofLine line: String, as name: String, by command: Program
  ) async throws -> [String] {
    problems(of: line, name, in: try await shared.whole(command))
  }

  private static func problems(
    of line: String, _ name: String, in document: WireJSON
  ) -> [String] {
    guard let value = WireJSON(parsing: line.utf8) else { return ["no JSON: \(line)"] }
    guard let schema = document["$defs"]?[name] else { return ["there is no “\(name)”"] }
    return SchemaCheck(document).problems(value, schema)
  }

  private func whole(_ command: Program) async throws -> WireJSON {
    if let document { return document }
    let printed = try await command.run(["schema", "--json"])
    let whole = try #require(WireJSON(parsing: printed.output.utf8), "\(printed)")
    document = whole
    return whole
  }

  /// The words that may name the command; nil without `--json`, and for an export in Markdown.
  private static func words(_ arguments: [String]) -> [String]? {
    var rest = Array(arguments.prefix { $0 != "--" })
    guard rest.contains("--json"), !rest.contains("md"), !rest.contains("schema") else {
      return nil
    }
    for option in ["--profile", "--color"] {
      if let place = rest.firstIndex(of: option) { rest.removeSubrange(place...(place + 1)) }
    }
    return rest.filter { !$0.hasPrefix("-") }
  }

  private static func definition(_ words: [String], in document: WireJSON) -> String? {
    guard let first = words.first else { return nil }
    let second = words.dropFirst().first ?? ""
    return ["\(first) \(second)", first, "\(first) list", "\(first) stats"]
      .map { "fonana \($0)" }.first { document["$defs"]?[$0] != nil }
  }
}
