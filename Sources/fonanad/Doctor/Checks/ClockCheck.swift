import FonanaAPI
import FonanaCore

/// How far are the two clocks apart? The header `Date` tells the server's.
struct ClockCheck: DoctorCheck {
  private static let noticeable = Duration.seconds(30)
  private static let harmful = Duration.seconds(300)

  let link = DoctorLink.clock
  let title = "Clock"
  let needs = [DoctorLink.http]

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let answer = facts.answer, let here = facts.answeredAt else { return .skip("no answer") }
    guard let date = answer.header("Date"), let there = answer.date else {
      return .ok("the server does not tell its time", tried: "Date of \(answer.label)")
    }
    let tried = "Date: \(DisplayText.line(date, limit: 40))"
    facts.clockAhead = there - here
    let seconds = (there - here).components.seconds
    let detail =
      abs(seconds) < 2
      ? "the same as the server's"
      : "this machine is \(abs(seconds)) s \(seconds > 0 ? "behind" : "ahead of") the server"
    let hint = "Set this machine's clock, for example with “timedatectl set-ntp true”."
    if abs(seconds) > Self.harmful.components.seconds {
      return .fail(detail, tried: tried, hint: hint)
    }
    return abs(seconds) > Self.noticeable.components.seconds
      ? .warn(detail, tried: tried, hint: hint) : .ok(detail, tried: tried)
  }
}
