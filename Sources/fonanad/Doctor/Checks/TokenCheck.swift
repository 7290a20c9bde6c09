import FonanaAPI
import FonanaCore

/// Does the server give a token for the wallet, and for the same user? It is not kept.
struct TokenCheck: DoctorCheck {
  private static let known = ["token", "expiresAt", "user"]

  let link = DoctorLink.token
  let title = "Token request"
  let needs = [DoctorLink.http, .account]

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let probe = bench.probe, facts.credentials != nil else {
      return .skip("nobody is logged in")
    }
    var answer = await probe.exchange(.requestToken(wallet: facts.wallet))
    var generation = ServerGeneration.b
    if answer.status == 404, answer.routeError == nil {
      answer = await probe.requestTokenTheOldWay(wallet: facts.wallet)
      generation = .a
    }
    guard answer.failure == nil, answer.isSuccess else {
      return .fail(answer.sight, tried: answer.label, hint: Self.hint(answer))
    }
    let form = Self.form(of: answer)
    guard let grant = answer.grant(generation) else {
      return .fail(
        "\(form): no token", tried: answer.label,
        hint: "The server's answer is not what it should be: tell whoever runs it.")
    }
    facts.freshToken = grant.token
    guard let user = grant.user, user.id != facts.user else {
      return .ok("generation \(generation.rawValue); \(form)", tried: answer.label)
    }
    return .fail(
      "the wallet is of user \(user.id) there, this profile belongs to \(facts.user); \(form)",
      tried: answer.label,
      hint: "The account has changed at the server: use another --profile for it.")
  }

  private static func form(of answer: ProbeAnswer) -> String {
    let members = answer.members ?? []
    let absent = known.filter { !members.contains($0) }
    let names = members.map { DisplayText.line($0, limit: 30) }.joined(separator: ", ")
    return "\(answer.status ?? 0), fields \(names.isEmpty ? "none" : names)"
      + (absent.isEmpty ? "" : "; absent: \(absent.joined(separator: ", "))")
  }

  private static func hint(_ answer: ProbeAnswer) -> String {
    switch answer.status {
    case 400?: "The server does not take this wallet: is it the right one? See “fonana whoami”."
    case 401?, 403?: "The server refuses to give a token: it may want a signature."
    case 429?: "Too many requests: wait some minutes."
    default: "It is tried again by itself. If it stays so, tell whoever runs the server."
    }
  }
}
