import FonanaServer
import FonanaTestSupport
import Testing

/// A fault that the first message to a partner meets.
enum SpoiltSend: Sendable {
  /// On the way, by the proxy.
  case proxy(ProxyFault)
  /// At the server.
  case server(FaultAction, FaultPhase)

  /// All that is said by the server instead of the route's answer, without and with a commit.
  static func answers(_ answers: [FaultResponse]) -> [SpoiltSend] {
    answers.flatMap { answer in
      [FaultPhase.beforeCommit, .afterCommit].map { .server(.respond(answer), $0) }
    }
  }

  fileprivate func prepare(_ partner: FaultScene.Partner, in scene: FaultScene) {
    let path = "/api/conversations/\(partner.conversation)/messages"
    switch self {
    case .proxy(let fault): scene.proxy.add("POST \(path)", fault)
    case .server(let action, let phase):
      scene.scene.server.faults.add(
        Fault(
          "POST /api/conversations/:id/messages", action, when: phase,
          conversationID: partner.conversation))
    }
  }
}

/// Sends three messages to a partner for each of `sends`, whose first one meets that fault, all
/// side by side; expects that the faults struck, and that each message is at the server once and in
/// its place.
func expectOnceAndInOrder(
  _ sends: [SpoiltSend],
  also check: @escaping @Sendable (FaultScene) async throws -> Void = { _ in }
) async throws {
  try await withFaultScene(partners: sends.count) { scene in
    for (partner, send) in zip(scene.partners, sends) { send.prepare(partner, in: scene) }
    for text in ["one", "two", "three"] {
      for partner in scene.partners {
        _ = try await scene.desk.json(
          SendDocument.self, "send", "@\(partner.name)", text, "--no-wait")
      }
    }
    try await scene.desk.waitUntil("drained")
    for (partner, send) in zip(scene.partners, sends) {
      #expect(scene.textsFromAlice(to: partner) == ["one", "two", "three"], "\(send)")
      if case .proxy(let fault) = send { #expect(scene.proxy.fired(fault) > 0, "\(fault.name)") }
    }
    #expect(scene.scene.server.faults.pending.isEmpty)
    try await check(scene)
  }
}
