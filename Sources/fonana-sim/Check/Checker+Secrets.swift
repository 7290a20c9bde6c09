import FonanaCore
import SyncEngine

/// Invariant 10: no byte of a token in the log, in what a person is told, or in the store.
extension Checker {
  mutating func logged(_ line: LogLine) {
    if Self.holdsToken(line.detail) { fail(10, "a token in the log: \(line.stage.rawValue)") }
  }

  mutating func told(_ answer: WishAnswer, _ sim: Simulation) {
    guard sim.plan.isSearched, Self.holdsToken(String(describing: answer)) else { return }
    fail(10, "a token in what a person is told: \(answer.label)")
  }

  /// A page is long, and holds what the server has sent.
  mutating func searchForTokens(in acts: [StoreAct], _ sim: Simulation) {
    guard sim.plan.isSearched,
      let act = acts.first(where: { !$0.isPage && Self.holdsToken(String(describing: $0)) })
    else { return }
    fail(10, "a token in the store: \(act.label)")
  }

  private static let mark = Array("token-".utf8)

  private static func holdsToken(_ text: String) -> Bool {
    var matched = 0
    for byte in text.utf8 {
      matched = byte == mark[matched] ? matched + 1 : byte == mark[0] ? 1 : 0
      if matched == mark.count { return true }
    }
    return false
  }
}

extension StoreAct {
  fileprivate var isPage: Bool { if case .applyPage = self { true } else { false } }
}
