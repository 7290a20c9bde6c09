import NIOHTTP1

/// What the upgrade request says about its sender.
struct SocketGreeting: Sendable {
  /// The query is looked at first, then the header.
  let token: String?

  init(_ head: HTTPRequestHead, _ fault: UpgradeFault? = nil) {
    var (losesQuery, losesHeader) = (false, false)
    if case .loseToken(let query, let header) = fault {
      (losesQuery, losesHeader) = (query, header)
    }
    let inQuery = QueryText(head.uri).first("token").flatMap { $0.isEmpty ? nil : $0 }
    let inHeader = Self.bearer(head.headers.first(name: "authorization"))
    token = (losesQuery ? nil : inQuery) ?? (losesHeader ? nil : inHeader)
  }

  private static func bearer(_ value: String?) -> String? {
    guard let value, value.hasPrefix("Bearer "), value.utf8.count > 7 else { return nil }
    return String(value.dropFirst(7))
  }
}
