import FonanaCore

/// Invariant 18 in the end: the newest accepted text has arrived, once.
extension Simulation {
  func checkWording(of cid: ClientID, _ copies: [ClientID: [SimMessage]]) {
    guard let send = people.sends[cid], store.sentMessage(cid) != nil else { return }
    let rows = copies[cid] ?? []
    guard let rest = send.rest else {
      if !rows.contains(where: { $0.content == send.text }) {
        checker.fail(18, "\(cid) is sent, but not as it was edited: “\(send.text)”")
      }
      return
    }
    // What was said, taken back and said again may stand under either.
    guard plan.profile == .p1, !send.former.contains(send.text),
      people.sends[rest]?.isUndecidable == false
    else { return }
    let twice = (copies[rest] ?? []).first { row in rows.contains { $0.content == row.content } }
    if let twice {
      checker.fail(2, "“\(twice.content)” stands at the server as \(cid) and as \(rest)")
    }
  }
}
