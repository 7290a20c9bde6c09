import FonanaAPI
import FonanaCore

/// Does the WebSocket open as the client opens it?
struct SocketCheck: DoctorCheck {
  let link = DoctorLink.socket
  let title = "WebSocket"
  let needs = [DoctorLink.socketHeader]
  let opensSocket = true

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let api = bench.api, let probe = bench.probe, let token = facts.token else {
      return .skip("no token")
    }
    let sight = await probe.openSocket(
      with: api.socketToken, wallet: facts.wallet, token: token, user: facts.user,
      until: .answered)
    facts.socket = sight
    let place = api.socketToken == .header ? "the header" : "query and header"
    let tried = "GET \(api.socketAddress), token in \(place)"
    guard sight.reached >= .upgraded else {
      return .fail(sight.words, tried: tried, hint: Self.hint(sight))
    }
    if sight.reached == .upgraded, sight.closeCode == 1008 {
      return .fail(
        "\(sight.words): the token is dropped on the way, or the WebSocket server refuses it",
        tried: tried,
        hint: "Messages are found by polling meanwhile. Behind a proxy: \(NginxBlock.hint)")
    }
    return .ok(
      "101; a browser tab of this user may have to be reloaded now, since the server talks to the "
        + "newest connection only", tried: tried)
  }

  static func hint(_ sight: SocketSight) -> String {
    switch sight.failure?.status {
    case 502?, 503?, 504?:
      "The proxy in front answers, the WebSocket server behind it does not: is it running on its "
        + "port? With nginx, “proxy_pass http://localhost:…” with a variable needs a resolver: "
        + "write 127.0.0.1. \(NginxBlock.hint)"
    case 404?, 200?, 400?, 426?:
      "The path is not forwarded to the WebSocket server. \(NginxBlock.hint)"
    case _?: "The upgrade is refused. \(NginxBlock.hint)"
    case nil:
      "The WebSocket server can't be reached: check “websocket” and its port. Messages are found "
        + "by polling meanwhile."
    }
  }
}
