import FonanaCore
import FoundationEssentials

/// Where the server is: scheme, host, port and path of an address, checked.
package struct ServerAddress: Hashable, Sendable {
  package let isSecure: Bool
  /// Without brackets, also for IPv6.
  package let host: String
  package let port: Int
  /// `/…`, percent-encoded; empty for the root.
  package let path: String
  /// Without `?`.
  let query: String?

  /// - Parameter schemes: the plain and the secure one, such as `("http", "https")`.
  init(_ text: String, schemes: (plain: String, secure: String)) throws(FonanaError) {
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      let host = parts.host, !host.isEmpty
    else { throw Self.wrong(text, "it is no address with a scheme and a host") }
    guard scheme == schemes.plain || scheme == schemes.secure else {
      throw Self.wrong(text, "its scheme is neither \(schemes.secure) nor \(schemes.plain)")
    }
    guard parts.user == nil, parts.password == nil, parts.fragment == nil else {
      throw Self.wrong(text, "it has a user name, a password or a fragment")
    }
    isSecure = scheme == schemes.secure
    self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    port = parts.port ?? (isSecure ? 443 : 80)
    path = parts.percentEncodedPath == "/" ? "" : parts.percentEncodedPath
    query = parts.percentEncodedQuery
    guard isSecure || isLoopback else {
      throw Self.wrong(text, "without TLS only this machine itself may be named")
    }
  }

  init(isSecure: Bool, host: String, port: Int, path: String) {
    self.isSecure = isSecure
    self.host = host
    self.port = port
    self.path = path
    query = nil
  }

  package var isLoopback: Bool {
    let name = host.lowercased()
    return name == "localhost" || name == "::1" || Self.isLoopbackIPv4(name)
  }

  /// As it stands in a URL and in the `Host` header: the port only when it is not the usual one.
  package var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }

  private static func isLoopbackIPv4(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  private static func wrong(_ text: String, _ why: String) -> FonanaError {
    FonanaError(
      .badConfiguration,
      "“\(DisplayText.line(AddressText.shown(text), limit: 100))” can't be used: \(why).",
      hint: "The server is given as https://NAME, for example https://fonana.me.")
  }
}
