import FonanaServer
import FonanaTestSupport
import Glibc
import Synchronization
import Testing

/// One of the two of a `KillRound`.
final class RestlessPerson: Sendable {
  private struct Listing: Decodable, Sendable {
    struct Message: Decodable, Sendable {
      let content: String?
      let isOwn: Bool
    }
    let messages: [Message]
  }

  private struct Drained: Decodable, Sendable { let reached: Bool }

  private let desk: Desk
  private let user: WorldUser
  private let other: WorldUser
  private let base: Int
  /// Letters that were accepted; the next one may have been asked for without an answer.
  private let written = Mutex(0)

  init(_ desk: Desk, _ user: WorldUser, to other: WorldUser, base: Int) {
    (self.desk, self.user, self.other, self.base) = (desk, user, other, base)
  }

  private var socket: DaemonSocket {
    DaemonSocket(path: desk.home.path("f/run/default/fonanad.sock"))
  }
  private var recipient: String { "@\(other.nickname ?? "")" }

  func logIn() async throws {
    try await withDaemon { try await desk.login(user.wallet) }
  }

  /// The moment is what is random here: from the first instructions to a while of work.
  func dieAgainAndAgain(_ pace: KillRound.Pace) async throws {
    while !pace.isOver {
      try await desk.daemon.withRunning(["--time-scale", KillBench.timeScale]) { daemon in
        let life = Int.random(in: 0..<4) == 0 ? 10...200 : 200...2500
        try await Task.sleep(for: .milliseconds(Int.random(in: life)))
        try await desk.kill(daemon)
      }
      pace.noteKill()
    }
  }

  /// A little slower than the 120 messages a minute that a daemon sends at most.
  func writeOnAndOn(_ pace: KillRound.Pace) async {
    while !pace.isOver {
      let isWritten = await writeNext()
      if isWritten { pace.noteLetter() }
      let pause = isWritten ? 400...1000 : 10...40
      try? await Task.sleep(for: .milliseconds(Int.random(in: pause)))
    }
  }

  /// The same letter again until the daemon says that it has it.
  private func writeNext() async -> Bool {
    let number = written.withLock { $0 } + 1
    let request = Letter(number: base + number).request(to: recipient)
    switch await socket.ask("message.send", request, within: 10) {
    case .done:
      written.withLock { $0 = number }
      return true
    case .refused(let failure):
      Issue.record("a letter was refused: \(failure)")
      return false
    case .nothing: return false
    }
  }

  /// The letter under way is accepted, and everything arrives.
  func finish() async throws {
    try await withDaemon {
      #expect(await writeNext())
      let reply = await socket.ask(
        "wait", #"{"for":"drained","timeoutSeconds":60}"#, for: Drained.self, within: 70)
      if case .done(let drained) = reply, drained.reached { return }
      let outbox = try await desk.fonana("outbox", "list")
      let status = try await desk.fonana("status")
      Issue.record("not drained: \(outbox) \(status)")
    }
  }

  /// Server and mirrors against what was accepted.
  func judge(_ world: World, in talk: String) async throws -> KillRound.Sum {
    let expected = (1...written.withLock { $0 }).map { Letter(number: base + $0).text }
    let found = world.messages(in: talk).filter { $0.senderID == user.id }.compactMap(\.content)
    #expect(found == expected, "\(user.nickname ?? ""): on the server")
    let truth = world.messages(in: talk).compactMap(\.content)
    try await withDaemon {
      var reply = await socket.ask("conversation.read", readAll, for: Listing.self)
      // A reader waits 3 s and then shows what there is.
      for _ in 0..<20 {
        if case .done(let listing) = reply, listing.messages.count >= truth.count { break }
        reply = await socket.ask("conversation.read", readAll, for: Listing.self)
      }
      guard case .done(let listing) = reply else {
        Issue.record("no history: \(reply)")
        return
      }
      #expect(listing.messages.compactMap(\.content) == truth, "\(user.nickname ?? ""): mirror")
    }
    return KillRound.Sum(
      letters: expected.count, lost: Set(expected).subtracting(found).count,
      doubled: found.count - Set(found).count)
  }

  private var readAll: String { KillBench.readAll.replacing("@bob", with: recipient) }

  private func withDaemon(_ body: () async throws -> Void) async throws {
    try await desk.withDaemon(["--time-scale", KillBench.timeScale]) { _ in try await body() }
  }
}
