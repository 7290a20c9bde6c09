/// What the proxy saw and did.
struct ProxyCounts: Sendable {
  var connections = 0
  /// By request line without query.
  var requests: [String: Int] = [:]
  /// Of the answers that went through whole, by the same.
  var answerBytes: [String: Int] = [:]
  /// By the fault's name, when it really struck.
  var fired: [String: Int] = [:]

  /// Requests that begin so.
  func requests(_ route: String) -> Int {
    requests.filter { $0.key.hasPrefix(route) }.values.reduce(0, +)
  }
}
