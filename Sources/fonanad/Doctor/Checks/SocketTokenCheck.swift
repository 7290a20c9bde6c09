import FonanaAPI
import FonanaCore

/// Does the token reach the WebSocket server in the query alone, and in the header alone? Proxies
/// lose either (docs/protocol.md, 8).
struct SocketTokenCheck: DoctorCheck {
  static let query = SocketTokenCheck(
    link: .socketQuery, title: "WebSocket, token in the query", needs: [.verify], kind: .query)
  static let header = SocketTokenCheck(
    link: .socketHeader, title: "WebSocket, token in the header", needs: [.socketQuery],
    kind: .header)

  let link: DoctorLink
  let title: String
  let needs: [DoctorLink]
  let kind: APIConfiguration.SocketToken
  let opensSocket = true

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let api = bench.api, let probe = bench.probe, let token = facts.token else {
      return .skip("no token")
    }
    let sight = await probe.openSocket(
      with: kind, wallet: facts.wallet, token: token, user: facts.user, until: .greeted)
    let tried = "GET \(api.socketAddress), token in the \(kind.rawValue) only"
    if sight.reached >= .greeted { return .ok("101, “connected”", tried: tried) }
    guard sight.reached == .upgraded else {
      return .fail(sight.words, tried: tried, hint: SocketCheck.hint(sight))
    }
    guard sight.closeCode == 1008 else {
      // The greeting is a link of its own.
      return .ok(sight.words, tried: tried)
    }
    return .warn(
      "\(sight.words): the server has not seen the token; something on the way drops the "
        + kind.rawValue,
      tried: tried, hint: NginxBlock.hint)
  }
}
