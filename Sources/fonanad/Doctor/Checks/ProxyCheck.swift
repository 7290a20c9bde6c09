import FonanaAPI
import FonanaCore

/// Is there a proxy on the way, and does it let us through?
struct ProxyCheck: DoctorCheck {
  let link = DoctorLink.proxy
  let title = "Proxy"
  let needs = [DoctorLink.configuration]

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let api = bench.api, let probe = bench.probe else { return .skip("no configuration") }
    guard let proxy = api.proxy else { return .ok(Self.whyNone(bench)) }
    let address = "http://\(proxy.host):\(proxy.port)"
    let tried = "CONNECT \(api.server.host):\(api.server.port) through \(address)"
    switch await probe.connectThroughProxy() {
    case .opened(let line):
      return .warn(
        "“\(line)”; HTTP goes through it, the WebSocket does not", tried: tried,
        hint: "Without a direct way for the WebSocket, messages are found by polling.")
    case .refused(let line) where line.contains(" 407"):
      return .fail(
        "“\(line)”: the proxy wants a name and a password", tried: tried,
        hint: "fonana has no password for a proxy: use one that lets you in without, or exempt "
          + "\(api.server.host) with NO_PROXY.")
    case .refused(let line):
      return .fail(
        "“\(line)”: the proxy does not let us through", tried: tried,
        hint: "Ask whoever runs the proxy, or exempt \(api.server.host) with NO_PROXY.")
    case .failed(let why):
      return .fail(
        why, tried: tried,
        hint: "Correct “proxy” in the configuration, or HTTPS_PROXY and ALL_PROXY.")
    }
  }

  private static func whyNone(_ bench: DoctorBench) -> String {
    let names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
    let isNamed =
      bench.configuration?.text(.proxy) != nil
      || names.contains { bench.environment[$0]?.isEmpty == false }
    return isNamed ? "named, but the server is exempt from it" : "none"
  }
}
