import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import SyncEngine
import Testing

@testable import fonanad

/// To whom a message may go.
@Suite(.timeLimit(.minutes(5))) struct RecipientNameTests {
  private static let wrongNames: [(String, ErrorCode)] = [
    ("@nobody", .notFound), ("nobody", .notFound), ("nobody.xyz", .notFound),
    ("@nobody.xyz", .notFound), ("no_bo-dy", .notFound), ("not a name!", .invalidInput),
    ("@", .invalidInput), ("@ольга", .invalidInput),
  ]

  /// In generation A no nickname has a dot.
  @Test(arguments: FonanaServer.ServerGeneration.allCases)
  func aNameThatIsNotOrCanNotBeIsNotQueued(_ generation: FonanaServer.ServerGeneration)
    async throws
  {
    var options = TestDaemonOptions()
    options.server.generation = generation
    try await withTestDaemon(options) { test in
      _ = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      try await test.logIn()
      try await test.wait(for: .synced)
      for (name, code) in Self.wrongNames {
        let error = await #expect(throws: FonanaError.self, "\(name)") {
          try await test.send("hi", to: name)
        }
        #expect(error?.code == code, "\(name): \(error?.message ?? "")")
      }
      #expect(try await test.call(Calls.listOutbox, NoParameters()).items.isEmpty)
    }
  }

  @Test func aNameThatCanNotBeIsRefusedOfflineToo() async throws {
    try await withTestDaemon(checksOutbox: false) { test in
      _ = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      try await test.logIn()
      try await test.wait(for: .synced)
      try await test.server.stopListening()
      let error = await #expect(throws: FonanaError.self) {
        try await test.send("hi", to: "not a name!", wait: .no)
      }
      #expect(error?.code == .invalidInput && error?.hint != nil)
      _ = try await test.send("hi", to: "some.body", wait: .no)
      #expect(
        try await test.call(Calls.listOutbox, NoParameters()).items.map(\.to) == ["some.body"])
    }
  }

  @Test func aNewWalletNeedsToBeWanted() async throws {
    try await withTestDaemon { test in
      _ = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      try await test.logIn()
      try await test.wait(for: .synced)
      let stranger = Base58.encode([UInt8](repeating: 9, count: 32))
      await #expect(throws: FonanaError.self) { try await test.send("hi", to: stranger) }
      #expect(test.world.user(wallet: stranger) == nil)
      let result = try await test.call(
        Calls.send,
        SendRequest(
          cid: .random(), to: stranger, content: "hi", createNew: true, wait: .delivered,
          timeoutSeconds: 60))
      #expect(result.state == .sent && test.world.user(wallet: stranger) != nil)
    }
  }
}
