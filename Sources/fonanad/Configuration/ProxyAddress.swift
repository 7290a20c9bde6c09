import FonanaAPI
import FonanaCore
import FoundationEssentials

/// The address of an HTTP proxy.
enum ProxyAddress {
  static func parse(_ text: String) throws(FonanaError) -> APIConfiguration.Proxy {
    let full = text.contains("://") ? text : "http://" + text
    guard let parts = URLComponents(string: full), parts.scheme == "http",
      let host = parts.host, !host.isEmpty
    else {
      throw FonanaError(
        .badConfiguration, "The proxy “\(DisplayText.line(text, limit: 60))” can't be used.",
        hint: "It must look like \"http://host:3128\".")
    }
    return APIConfiguration.Proxy(host: host, port: parts.port ?? 3128)
  }

  /// Whether `NO_PROXY` exempts a host: its own name, a suffix with a dot, or `*`.
  static func isExempt(_ host: String, _ environment: [String: String]) -> Bool {
    let list = environment["NO_PROXY"] ?? environment["no_proxy"] ?? ""
    return list.split(separator: ",").contains { entry in
      let name = String(entry.filter { $0 != " " })
      let suffix = name.hasPrefix(".") ? name : "." + name
      return name == "*" || host == name || host.hasSuffix(suffix)
    }
  }
}
