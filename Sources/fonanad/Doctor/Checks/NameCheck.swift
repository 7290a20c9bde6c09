import FonanaAPI
import FonanaCore

/// Which addresses does the server's name have?
struct NameCheck: DoctorCheck {
  let link = DoctorLink.dns
  let title = "Name resolution"
  let needs = [DoctorLink.configuration, .proxy]

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let api = bench.api, let probe = bench.probe else { return .skip("no configuration") }
    guard api.proxy == nil else { return .skip("the proxy looks the name up") }
    let tried = "getaddrinfo \(api.server.host)"
    let resolution = await probe.resolve(api.server)
    facts.resolution = resolution
    if let failure = resolution.failure {
      return .fail(
        "“\(failure)”", tried: tried,
        hint: "Is the name in “server” spelled right? If so, check the network and "
          + "/etc/resolv.conf.")
    }
    return .ok(
      "IPv4 \(Self.list(resolution.ipv4)); IPv6 \(Self.list(resolution.ipv6))", tried: tried)
  }

  private static func list(_ addresses: [String]) -> String {
    addresses.isEmpty ? "none" : addresses.joined(separator: ", ")
  }
}
