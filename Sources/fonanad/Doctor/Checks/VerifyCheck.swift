import FonanaAPI
import FonanaCore

/// Does the server take the token?
struct VerifyCheck: DoctorCheck {
  let link = DoctorLink.verify
  let title = "Token verification"
  let needs = [DoctorLink.token, .claims]

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let probe = bench.probe, let token = facts.token else { return .skip("no token") }
    let answer = await probe.exchange(.verifyToken, wallet: facts.wallet, token: token)
    if answer.isSuccess, answer.isJSON {
      let user = answer.text(of: "userId").map { UserID($0) }
      guard user == nil || user == facts.user else {
        return .fail(
          "it takes the token for user \(user ?? facts.user), not for \(facts.user)",
          tried: answer.label, hint: "Type “fonana logout” and “fonana login”.")
      }
      return .ok(answer.sight, tried: answer.label)
    }
    guard answer.status == 401, let fresh = facts.freshToken, fresh != token else {
      return .fail(answer.sight, tried: answer.label, hint: Self.hint(answer))
    }
    let second = await probe.exchange(.verifyToken, wallet: facts.wallet, token: fresh)
    guard second.isSuccess else {
      return .fail(
        "\(answer.sight); a token given just now: \(second.sight)", tried: answer.label,
        hint: "The server refuses its own tokens: its parts have different secrets. Tell whoever "
          + "runs it.")
    }
    facts.token = fresh
    return .warn(
      "\(answer.sight); a token given just now is taken", tried: answer.label,
      hint: "Nothing to do: the daemon replaces the stored one by itself.")
  }

  private static func hint(_ answer: ProbeAnswer) -> String {
    answer.status == 401
      ? "The server refuses its own tokens: its parts have different secrets. Tell whoever runs it."
      : "It is tried again by itself. If it stays so, tell whoever runs the server."
  }
}
