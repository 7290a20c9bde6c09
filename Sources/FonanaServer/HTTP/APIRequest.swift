/// A request with its whole body, free of any HTTP library.
struct APIRequest: Sendable {
  var method: String
  /// Percent-encoded, with the query.
  var target: String
  /// Names in lower case.
  var headers: [String: String]
  var body: [UInt8]
  /// Its number in the log.
  var number = 0

  var path: String { String(target.prefix { $0 != "?" }) }

  var bearerToken: String? {
    guard let value = headers["authorization"], value.hasPrefix("Bearer ") else { return nil }
    return String(value.dropFirst(7))
  }

  var hasBearer: Bool { bearerToken != nil }

  var wallet: String? { headers["x-user-wallet"].flatMap { $0.isEmpty ? nil : $0 } }

  /// The first value of a query item, decoded.
  func query(_ name: String) -> String? {
    QueryText(target).first(name)
  }
}
