import Glibc
import NIOCore
import NIOPosix

/// What the system's resolver says about a name.
package struct NameResolution: Sendable {
  /// IPv4 first.
  let addresses: [SocketAddress]
  /// The resolver's own words; nil when there is an address.
  package let failure: String?

  package var ipv4: [String] { texts(.inet) }
  package var ipv6: [String] { texts(.inet6) }

  private func texts(_ family: NIOBSDSocket.ProtocolFamily) -> [String] {
    addresses.filter { $0.protocol == family }.compactMap(\.ipAddress)
  }

  /// Blocks as long as the resolver does.
  static func ask(_ host: String, port: Int) -> NameResolution {
    let (v4, reason4) = ask(host, port, AF_INET)
    let (v6, reason6) = ask(host, port, AF_INET6)
    let failure = v4.isEmpty && v6.isEmpty ? reason4 ?? reason6 ?? "no address" : nil
    return NameResolution(addresses: v4 + v6, failure: failure)
  }

  private static func ask(_ host: String, _ port: Int, _ family: Int32) -> (
    [SocketAddress], String?
  ) {
    var hints = addrinfo()
    hints.ai_family = family
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &list)
    guard code == 0 else { return ([], String(cString: gai_strerror(code))) }
    defer { freeaddrinfo(list) }
    var addresses: [SocketAddress] = []
    var entry = list
    while let info = entry?.pointee {
      if let address = address(info) { addresses.append(address) }
      entry = info.ai_next
    }
    return (addresses, nil)
  }

  private static func address(_ info: addrinfo) -> SocketAddress? {
    guard let pointer = info.ai_addr else { return nil }
    let raw = UnsafeRawPointer(pointer)
    switch info.ai_family {
    case AF_INET: return SocketAddress(raw.loadUnaligned(as: sockaddr_in.self))
    case AF_INET6: return SocketAddress(raw.loadUnaligned(as: sockaddr_in6.self))
    default: return nil
    }
  }
}

extension ServerProbe {
  package func resolve(_ address: ServerAddress) async -> NameResolution {
    let answer = await value(within: .seconds(15)) {
      try? await NIOThreadPool.singleton.runIfActive {
        NameResolution.ask(address.host, port: address.port)
      }
    }
    return (answer ?? nil) ?? NameResolution(addresses: [], failure: "no answer in 15 s")
  }
}
