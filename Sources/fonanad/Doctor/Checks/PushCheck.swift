import FonanaCore
import SyncEngine

/// Does this server push messages? Judged from what came, since nothing can be sent for a test.
struct PushCheck: DoctorCheck {
  let link = DoctorLink.push
  let title = "Push"
  let needs = [DoctorLink.connected]
  let isOnline = false

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let daemon = bench.daemon else { return .skip("only the running daemon knows") }
    let status = daemon.engine.status
    let tried = "looked at what has come since the daemon’s start"
    if status.isPushSeen {
      let last = status.lastEventAt.map { ", the last event \($0)" } ?? ""
      return .ok("this server pushes messages\(last)", tried: tried)
    }
    return .ok(
      "no message was pushed since the daemon started: this server does not push, or nobody wrote; "
        + "messages are found by polling, and nothing is lost", tried: tried)
  }
}
