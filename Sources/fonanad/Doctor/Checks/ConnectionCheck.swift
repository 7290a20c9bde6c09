import FonanaAPI
import FonanaCore

/// Can a TCP connection be made to each address?
struct ConnectionCheck: DoctorCheck {
  let link = DoctorLink.tcp
  let title = "TCP connection"
  let needs = [DoctorLink.dns]

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let probe = bench.probe, let resolution = facts.resolution else {
      return .skip("the proxy makes the connection")
    }
    let attempts = await probe.connect(resolution)
    let detail = attempts.map { attempt in
      "\(attempt.address) \(attempt.failure ?? "connected in \(attempt.elapsed.wholeMilliseconds) ms")"
    }.joined(separator: "; ")
    let failures = attempts.filter { $0.failure != nil }
    guard failures.count < attempts.count else {
      return .fail(
        detail, tried: "connect",
        hint: "The server does not run there, or a firewall is in between. Check “server”, its "
          + "port and your network.")
    }
    guard failures.isEmpty else {
      return .warn(
        detail, tried: "connect",
        hint: "Another address is used, but a part of the network does not work.")
    }
    return .ok(detail, tried: "connect")
  }
}
