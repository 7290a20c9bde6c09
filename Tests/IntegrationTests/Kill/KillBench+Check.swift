import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Testing

/// Whether everything is as it has to be after a fault.
extension KillBench {
  private struct Listing: Decodable, Sendable {
    struct Message: Decodable, Sendable {
      let content: String?
      let isOwn: Bool
      let state: String
    }
    let messages: [Message]
  }

  private struct Drained: Decodable, Sendable { let reached: Bool }

  /// The daemon starts again without the fault; what was not accepted is sent once more under the
  /// same id, and then server and mirror hold every letter once, in order.
  func check(_ outcome: KillOutcome, _ what: String) async throws {
    try await checkCopyOfStore(what)
    try await withDaemon { _ in
      if scenario.start == .first { #expect(await logIn(), "\(what): login") }
      for number in newLetters where !outcome.accepted.contains(number) {
        let reply = await send(Letter(number: number))
        #expect(reply.isDone, "\(what): \(reply)")
      }
      if scenario.start == .oldSchema {
        try await checkOldOutbox(what)
      } else {
        try await checkDrained(what)
        try await checkMirror(outcome, what)
      }
    }
    #expect(
      scene.textsFromAlice == expectedTexts(after: outcome), "\(what): the server; \(outcome)")
    #expect(try await integrity(of: store) == "ok", "\(what): afterwards")
  }

  /// What waited, what was accepted, and then what had to be sent once more.
  private func expectedTexts(after outcome: KillOutcome) -> [String] {
    guard scenario.start != .oldSchema else { return [] }
    let accepted = newLetters.filter(outcome.accepted.contains)
    let later = newLetters.filter { !outcome.accepted.contains($0) }
    return (Array(1..<newLetters.lowerBound) + accepted + later).map { Letter(number: $0).text }
  }

  private func checkDrained(_ what: String) async throws {
    let reply = await socket.ask(
      "wait", #"{"for":"drained","timeoutSeconds":60}"#, for: Drained.self)
    guard case .done(let drained) = reply, drained.reached else {
      let outbox = try await desk.fonana("outbox", "list")
      Issue.record("\(what): not drained: \(outbox.output)")
      return
    }
  }

  /// As the mirror shows it, the letters are there once, and with a backlog all of the history.
  private func checkMirror(_ outcome: KillOutcome, _ what: String) async throws {
    let truth = server.world.messages(in: scene.conversation).compactMap(\.content)
    let reply = await history(until: scenario.backlog > 0 ? truth.count : 0)
    guard case .done(let listing) = reply else {
      Issue.record("\(what): no history: \(reply)")
      return
    }
    let own = listing.messages.filter(\.isOwn).compactMap(\.content)
    #expect(own == expectedTexts(after: outcome), "\(what): the mirror")
    guard scenario.backlog > 0 else { return }
    #expect(listing.messages.compactMap(\.content) == truth, "\(what): the history")
  }

  /// A reader waits 3 s and then shows what there is, so it may have to read again.
  private func history(until count: Int) async -> DaemonSocket.Reply<Listing> {
    let request = count > 0 ? Self.readAll : Self.peekAll
    var reply = await socket.ask("conversation.read", request, for: Listing.self)
    for _ in 0..<20 {
      guard case .done(let listing) = reply, listing.messages.count < count else { break }
      reply = await socket.ask("conversation.read", request, for: Listing.self)
    }
    return reply
  }

  private func checkOldOutbox(_ what: String) async throws {
    let outbox = try await desk.json(OutboxDocument.self, "outbox", "list")
    #expect(outbox.items.map(\.content) == ["it's waiting"], "\(what)")
    let found = try await desk.fonana("read", scene.conversation, "--peek")
    for text in ["read", "sent"] { #expect(found.output.contains(text), "\(what): \(found)") }
  }

  /// Of what the daemon has left: on a copy, since looking changes it.
  private func checkCopyOfStore(_ what: String) async throws {
    guard FileManager.default.fileExists(atPath: store) else { return }
    let copy = desk.home.path("copy.sqlite")
    try await shell(
      "rm -f copy.sqlite*; for s in '' -wal -journal; do if [ -e '\(store)'$s ]; "
        + "then cp '\(store)'$s copy.sqlite$s; fi; done")
    #expect(try await integrity(of: copy) == "ok", "\(what): as it was left")
  }

  /// What SQLite's own tool says.
  func integrity(of path: String) async throws -> String {
    let tool = Program("sqlite3", environment: ["PATH": "/usr/bin:/bin", "HOME": desk.home.path])
    let result = try await tool.run([path, "PRAGMA integrity_check"])
    return result.status == 0
      ? result.output.filter { $0 != "\n" } : "\(result)"
  }
}
