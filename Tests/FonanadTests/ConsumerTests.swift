import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import Testing

@testable import fonanad

/// `events.subscribe` with a name.
@Suite(.timeLimit(.minutes(2))) struct ConsumerTests {
  private static let bot = SubscribeRequest(name: "bot")

  /// A daemon with an account that has a conversation with bob; nothing more will happen by itself.
  private func withBob(_ body: @Sendable (TestDaemon) async throws -> Void) async throws {
    try await withTestDaemon { test in
      let me = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      let bob = test.world.makeUser(nickname: "bob")
      _ = test.world.makeConversation(me.id, bob.id)
      try await test.logIn()
      try await test.wait(for: .synced)
      try await body(test)
    }
  }

  /// What the consumer is told up to the message with that text; it acknowledges nothing.
  private func events(
    _ test: TestDaemon, upTo text: String
  ) async throws -> [WatchEvent] {
    let path = test.socketPath
    return try await offPool {
      let client = try ControlClient.connect(to: path)
      _ = try client.call(Calls.subscribe, Self.bot)
      var events: [WatchEvent] = []
      while let event = try client.nextEvent(within: .seconds(60)) {
        events.append(event)
        if case .message(let message) = event.data, message.content == text { break }
      }
      return events
    }
  }

  private func come(_ test: TestDaemon) async throws {
    _ = try await test.call(Calls.subscribe, Self.bot)
  }

  @Test func whatWasNotAcknowledgedComesAgainAndIsMarked() async throws {
    try await withBob { test in
      try await come(test)
      for text in ["one", "two", "three"] { _ = try await test.send(text, to: "bob") }
      let first = try await events(test, upTo: "three").dropFirst()
      #expect(!first.isEmpty && first.allSatisfy(\.replayed))
      #expect(first.map(\.cursor) == first.map(\.cursor).sorted())
      #expect(
        try await events(test, upTo: "three").dropFirst().map(\.cursor) == first.map(\.cursor))
      let done = first.map(\.cursor)[first.startIndex + 2]
      _ = try await test.call(
        Calls.acknowledge, AcknowledgeRequest(name: "bot", cursor: done))
      let rest = try await events(test, upTo: "three").dropFirst()
      #expect(rest.map(\.cursor) == first.map(\.cursor).filter { $0 > done })
    }
  }

  @Test func ofTwoWithOneNameTheLaterStays() async throws {
    try await withBob { test in
      let path = test.socketPath
      let error = try await offPool {
        let former = try ControlClient.connect(to: path)
        _ = try former.call(Calls.subscribe, Self.bot)
        #expect(try former.nextEvent(within: .seconds(60))?.event == .ready)
        let later = try ControlClient.connect(to: path)
        _ = try later.call(Calls.subscribe, Self.bot)
        #expect(try later.nextEvent(within: .seconds(60))?.event == .ready)
        return #expect(throws: FonanaError.self) {
          while try former.nextEvent(within: .seconds(60)) != nil {}
        }
      }
      #expect(error?.code == .conflict)
    }
  }

  @Test func aForgottenConsumerIsEnded() async throws {
    try await withBob { test in
      let path = test.socketPath
      let error = try await offPool {
        let client = try ControlClient.connect(to: path)
        _ = try client.call(Calls.subscribe, Self.bot)
        #expect(try client.nextEvent(within: .seconds(60))?.event == .ready)
        let other = try ControlClient.connect(to: path)
        let listed = try other.call(Calls.listConsumers, NoParameters()).consumers
        #expect(listed.map(\.name) == ["bot"] && listed.first?.connected == true)
        _ = try other.call(Calls.forgetConsumer, ConsumerTarget(name: "bot"))
        return #expect(throws: FonanaError.self) {
          while try client.nextEvent(within: .seconds(60)) != nil {}
        }
      }
      #expect(error?.code == .conflict)
      #expect(try await test.call(Calls.listConsumers, NoParameters()).consumers.isEmpty)
    }
  }

  /// It would be dropped as too slow if more were pushed than it reads.
  @Test func aConsumerMayBeSlowerThanItsEvents() async throws {
    try await withBob { test in
      try await come(test)
      let text = String(repeating: "long ", count: 50_000)
      for number in 0..<2 { _ = try await test.send("\(text)\(number)", to: "bob") }
      let seen = try await events(test, upTo: "\(text)1").filter { $0.event.kind == .messageSent }
      #expect(seen.count == 2)
    }
  }
}
