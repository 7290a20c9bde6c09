import FonanaAPI
import FonanaCore

/// Is there a proxy on the way, and does it let us through?
struct ProxyCheck: DoctorCheck {
  private static let names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]

  let link = DoctorLink.proxy
  let title = "Proxy"
  let needs = [DoctorLink.configuration]

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let api = bench.api, let probe = bench.probe else { return .skip("no configuration") }
    guard let proxy = api.proxy else {
      return .ok(Self.whyNone(bench), tried: "“proxy”, \(Self.names.joined(separator: ", "))")
    }
    let tried = "CONNECT \(api.server.host):\(api.server.port) through \(proxy.address)"
    switch await probe.connectThroughProxy() {
    case .opened(let words):
      return .ok("it \(words); HTTP and WebSocket go through it", tried: tried)
    case .refused(let failure):
      return .fail(failure.detail, tried: tried, hint: Self.hint(failure, api.server.host))
    }
  }

  private static func hint(_ failure: ServerFailure, _ host: String) -> String {
    switch failure.cause {
    case .proxyAuthentication:
      "fonana has no password for a proxy: use one that lets you in without, or exempt \(host) "
        + "with NO_PROXY."
    case .proxy where failure.detail.contains("refused"):
      "Ask whoever runs the proxy, or exempt \(host) with NO_PROXY."
    default: "Correct “proxy” in the configuration, or HTTPS_PROXY and ALL_PROXY."
    }
  }

  private static func whyNone(_ bench: DoctorBench) -> String {
    let isNamed =
      bench.configuration?.text(.proxy) != nil
      || names.contains { bench.environment[$0]?.isEmpty == false }
    return isNamed ? "named, but the server is exempt from it" : "none"
  }
}
