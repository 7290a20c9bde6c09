import FonanaCore

@testable import SyncEngine

extension CoreBench {
  /// A message whose sending the server has answered with 500, after its quarantine.
  mutating func enqueueInDoubt(_ text: String) -> ClientID {
    let cid = enqueue(text)
    commitAll()
    failSend(of: cid)
    return cid
  }

  mutating func failSend(of cid: ClientID) {
    answer(failure(500, error: "Failed to send message"), where: \.isSend)
    commitAll()
    fire(.outbox(cid))
  }

  /// The whole history, newest first.
  mutating func answerPull(_ messages: ServerMessage...) {
    answer(.page(MessagePage(messages: messages, hasMore: false)), where: \.isPull)
    commitAll()
  }
}
