import FonanaAPI
import FonanaCore
import FoundationEssentials

/// The address of a proxy, and who is exempt from it.
enum ProxyAddress {
  private static let kinds: [String: APIConfiguration.Proxy.Kind] = [
    "http": .http, "socks5": .socks5, "socks5h": .socks5,
  ]

  static func parse(_ text: String) throws(FonanaError) -> APIConfiguration.Proxy {
    let full = text.contains("://") ? text : "http://" + text
    guard let parts = URLComponents(string: full),
      let kind = kinds[parts.scheme?.lowercased() ?? ""],
      let host = parts.host, !host.isEmpty
    else {
      throw FonanaError(
        .badConfiguration,
        "The proxy “\(DisplayText.line(AddressText.shown(text), limit: 60))” can't be used.",
        hint: "It must look like \"http://host:3128\" or \"socks5://host:1080\".")
    }
    let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    return APIConfiguration.Proxy(
      kind, host: name, port: parts.port ?? (kind == .http ? 3128 : 1080))
  }

  /// Whether no proxy is to be used for a host: one of this machine itself, or one that `NO_PROXY`
  /// holds by its own name, a suffix with or without a dot, or `*`.
  static func isExempt(_ address: ServerAddress, _ environment: [String: String]) -> Bool {
    let list = environment["NO_PROXY"] ?? environment["no_proxy"] ?? ""
    let host = address.host.lowercased()
    return address.isLoopback
      || list.split(separator: ",").contains { entry in
        let name = entry.filter { $0 != " " }.lowercased().drop { $0 == "." }
        return name == "*" || host == name || host.hasSuffix("." + name)
      }
  }
}
