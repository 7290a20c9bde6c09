/// An address as it may be shown.
package enum AddressText {
  /// Without what may be a secret: a user name, a password, a query. Also of what is no address.
  package static func shown(_ text: String) -> String {
    let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
    let rest = text[start...]
    let host = rest.lastIndex(of: "@").map { rest[rest.index(after: $0)...] } ?? rest
    return String(text[..<start]) + host.prefix { $0 != "?" && $0 != "#" }
  }
}
