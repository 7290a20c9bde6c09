import FonanaAPI
import FonanaCore

/// Which server is it?
struct VersionCheck: DoctorCheck {
  let link = DoctorLink.version
  let title = "Server version"
  let needs = [DoctorLink.http]

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let probe = bench.probe else { return .skip("no configuration") }
    let answer = await probe.exchange(.serverVersion)
    if answer.isSuccess, let version = answer.text(of: "version") {
      return .ok("\(DisplayText.line(version, limit: 40))", tried: answer.label)
    }
    if answer.status == 404 {
      return .ok("there is no such route: an older server, generation A", tried: answer.label)
    }
    return .warn(
      answer.sight, tried: answer.label, hint: "Nothing needs it; the other answers count.")
  }
}
