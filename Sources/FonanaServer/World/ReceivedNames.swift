/// The names in what a client has sent: of headers, of items of the query, of members of a JSON
/// body. They show what it tells about its user, without a value.
struct ReceivedNames {
  /// Pictures have no names.
  private static let longestBody = 1 << 20

  static func of(_ request: APIRequest) -> Set<String> {
    let form = MultipartForm(request)?.names ?? []
    return inHead(request.headers.keys, request.target)
      .union(form.isEmpty ? inJSON(request.body, "body") : Set(form.map { "form \($0)" }))
  }

  static func inHead(_ headers: some Sequence<String>, _ target: String) -> Set<String> {
    let query = target.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
    let items = query.split(separator: "&").map { $0.prefix { $0 != "=" } }
    return Set(headers.map { "header \($0.lowercased())" })
      .union(items.map { "query \($0)" })
  }

  /// Nested ones with a dot; elements of an array have their array's name.
  static func inJSON(_ bytes: [UInt8], _ place: String) -> Set<String> {
    guard bytes.count <= longestBody, let value = try? WireJSONParser.parse(bytes) else {
      return []
    }
    return Set(members(of: value, after: "").map { "\(place) \($0)" })
  }

  private static func members(of value: WireJSON, after path: String) -> [String] {
    switch value {
    case .object(let inner):
      return inner.flatMap { member in
        let name = path.isEmpty ? member.key : "\(path).\(member.key)"
        return [name] + members(of: member.value, after: name)
      }
    case .array(let elements): return elements.flatMap { members(of: $0, after: path) }
    case .null, .bool, .number, .string: return []
    }
  }
}
