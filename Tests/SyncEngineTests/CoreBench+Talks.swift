import FonanaCore

@testable import SyncEngine

extension CoreBench {
  /// Logged in, with the conversations c1 and c2 fetched as far as may be.
  static func withTwoTalks(unread: Int = 0, mode: SyncMode = .onRead) -> CoreBench {
    var bench = CoreBench.loggedIn(mode: mode)
    bench.answerList([
      listed("c1", last: "m1", at: 1, unread: unread), listed("c2", last: "n1", at: 1),
    ])
    while bench.answer(
      .page(MessagePage(messages: [], hasMore: false)), where: \.isPull)
    { bench.commitAll() }
    bench.commitAll()
    return bench
  }

  /// The server has stored the open send as the message `id`.
  mutating func confirm(_ cid: ClientID, as id: String) {
    answer(.sent(message(id, at: 50, from: "me", cid: cid), echoedCid: true), where: \.isSend)
    commitAll()
  }
}
