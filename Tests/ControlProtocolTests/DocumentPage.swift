import ControlProtocol
import FoundationEssentials

/// A page of the documentation with examples as lines of JSON.
struct DocumentPage: Sendable {
  let lines: [String]

  init(_ path: String) {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let data = (try? Data(contentsOf: URL(filePath: "/\(root)/\(path)"))) ?? Data()
    lines = String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  var headings: [String] { lines.filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) } }

  /// The request and the answer below a heading.
  func exchange(_ heading: String) throws -> (request: JSONValue, answer: JSONValue)? {
    guard let start = lines.firstIndex(of: "## " + heading) else { return nil }
    let examples = lines[(start + 1)...].prefix { !$0.hasPrefix("## ") }
      .filter { $0.hasPrefix("{") }
      .compactMap(JSONValue.parse)
    guard examples.count == 2 else { return nil }
    return (examples[0], examples[1])
  }
}
