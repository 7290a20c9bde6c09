import FonanaAPI
import FonanaCore

/// Is what answers there the API? Asked without a token, it says so in JSON.
struct APICheck: DoctorCheck {
  let link = DoctorLink.http
  let title = "The API answers"
  let needs = [DoctorLink.tls]

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let api = bench.api, let probe = bench.probe else { return .skip("no configuration") }
    if facts.answer == nil {
      facts.answer = await probe.exchange(.verifyToken)
      facts.answeredAt = SystemClock.wall
    }
    guard let answer = facts.answer else { return .skip("not asked") }
    let tried = "\(answer.label) without a token"
    if answer.failure == nil, answer.isJSON, (answer.status ?? 500) < 500, answer.status != 429 {
      return .ok(answer.sight, tried: tried)
    }
    return .fail(answer.sight, tried: tried, hint: Self.hint(answer, api.origin))
  }

  private static func hint(_ answer: ProbeAnswer, _ origin: String) -> String {
    guard let status = answer.status else {
      return "It takes the connection, but gives no answer: is \(origin) the right server?"
    }
    return switch status {
    case 300..<400:
      "It sends elsewhere (“\(DisplayText.line(answer.header("Location") ?? "", limit: 100))”), "
        + "which is never followed: log in to the network, or correct “server”."
    case 407: "A proxy wants a name and a password."
    case 429: "It asks for patience: wait some minutes."
    case 502, 503, 504:
      "The proxy in front of the server answers, the server behind it does not. With nginx, "
        + "“proxy_pass http://localhost:…” with a variable needs a resolver: write "
        + "127.0.0.1. Its error log has the reason."
    case 500...: "The server has a problem of its own: wait, or tell whoever runs it."
    default:
      "It is not the API that answers: a login page of the network, or another site. Open "
        + "\(origin) in a browser and check “server”."
    }
  }
}
