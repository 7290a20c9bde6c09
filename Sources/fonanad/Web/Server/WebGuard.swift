import NIOHTTP1

/// Who may ask at all, before any key is looked at: this machine under its own name, from no page
/// but ours.
///
/// A page from elsewhere can point a name of its own at 127.0.0.1 (DNS rebinding): the browser
/// then sends that name as `Host`. It can also send requests blindly: then the browser says so.
enum WebGuard {
  private static let names: Set<String> = ["127.0.0.1", "localhost", "[::1]"]

  /// nil: it may.
  static func refusal(of request: WebRequest) -> WebAnswer? {
    guard let host = request.header("Host"), names.contains(name(in: host)) else {
      return .text(.misdirectedRequest, "This address is for 127.0.0.1 and localhost only.")
    }
    guard isOwn(request, "http://\(host)"), isFromHere(request) else {
      return .text(.forbidden, "A page from elsewhere may not ask.")
    }
    guard request.method == .GET || request.method == .POST else {
      return .text(.methodNotAllowed, "There is only GET and POST.")
    }
    return nil
  }

  /// The port may be another one: that of an SSH forwarding.
  private static func name(in host: String) -> String {
    guard let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") else { return host }
    return host[host.index(after: colon)...].allSatisfy(\.isNumber) ? String(host[..<colon]) : host
  }

  /// Browsers name the origin with every POST.
  private static func isOwn(_ request: WebRequest, _ origin: String) -> Bool {
    guard request.headers.contains(name: "Origin") else { return request.method != .POST }
    return request.header("Origin") == origin
  }

  /// Only a person who opens the page may come from elsewhere.
  private static func isFromHere(_ request: WebRequest) -> Bool {
    guard request.headers.contains(name: "Sec-Fetch-Site") else { return true }
    if ["same-origin", "none"].contains(request.header("Sec-Fetch-Site")) { return true }
    return request.method == .GET && request.header("Sec-Fetch-Mode") == "navigate"
      && request.header("Sec-Fetch-Dest") == "document"
  }
}
