/// The route of a fault: a method (or `*`) and a path whose parts may be `:name` or, as the last
/// one, `*`.
struct RoutePattern: Sendable {
  private let method: Substring
  private let path: Substring

  init(_ text: String) {
    let parts = text.split(separator: " ", maxSplits: 1)
    method = parts.first ?? "*"
    path = parts.count > 1 ? parts[1] : "*"
  }

  func matches(_ request: RequestRecord) -> Bool {
    guard method == "*" || method == request.method else { return false }
    let wanted = path.split(separator: "/")
    let given = request.path.prefix { $0 != "?" }.split(separator: "/")
    for (index, part) in wanted.enumerated() {
      if part == "*" { return true }
      guard index < given.count, part.hasPrefix(":") || part == given[index] else { return false }
    }
    return wanted.count == given.count
  }
}
