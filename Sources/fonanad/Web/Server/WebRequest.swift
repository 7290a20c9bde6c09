import NIOHTTP1

/// A request with its whole body.
struct WebRequest: Sendable {
  let method: HTTPMethod
  /// Without the query.
  let path: String
  let query: [String: String]
  let headers: HTTPHeaders
  let body: [UInt8]

  init(_ head: HTTPRequestHead, body: [UInt8] = []) {
    let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    (method, headers, self.body) = (head.method, head.headers, body)
    path = parts.first.map(String.init) ?? ""
    query = parts.count == 2 ? Self.pairs(parts[1], separatedBy: "&") : [:]
  }

  /// nil when it is missing, and when it stands there twice: then nobody can say which one counts.
  func header(_ name: String) -> String? {
    let values = headers[name]
    return values.count == 1 ? values[0] : nil
  }

  var cookies: [String: String] {
    headers["Cookie"].reduce(into: [:]) { all, line in
      all.merge(Self.pairs(line[...], separatedBy: ";")) { first, _ in first }
    }
  }

  private static func pairs(
    _ text: Substring, separatedBy separator: Character
  ) -> [String: String] {
    text.split(separator: separator).reduce(into: [:]) { pairs, part in
      let sides = part.drop { $0 == " " }.split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if sides.count == 2, pairs[String(sides[0])] == nil {
        pairs[String(sides[0])] = String(sides[1])
      }
    }
  }
}
