import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import SyncEngine
import Testing

@testable import fonanad

/// What a command gets that starts the daemon.
@Suite(.timeLimit(.minutes(5))) struct FirstCommandTests {
  /// The first command starts the daemon: it waits for a first sign of the server, which is not
  /// called away before it had the time to answer.
  @Test func rightAfterTheStartTheServerIsAskedAndNotCalledAway() async throws {
    try await withTemporaryHome { home in
      try await withReferenceServer { server in
        _ = server.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
        try await withDaemon(in: home, server) { test in
          try await test.logIn()
          try await test.wait(for: .synced)
        }
        var options = TestDaemonOptions()
        options.clock = StandingClock()
        for command in FirstCommand.allCases {
          try await withDaemon(in: home, server, options) { try await command.run($0) }
        }
      }
    }
  }

  private enum FirstCommand: CaseIterable {
    case send, inbox, notifications

    func run(_ test: TestDaemon) async throws {
      switch self {
      case .send:
        let error = await #expect(throws: FonanaError.self) {
          try await test.send("hi", to: "@nobody", wait: .no)
        }
        #expect(error?.code == .notFound)
      case .inbox:
        let inbox = try await test.call(Calls.listConversations, ConversationListRequest())
        #expect(inbox.freshness.source != .stale)
      case .notifications:
        let list = try await test.call(Calls.listNotifications, NotificationListRequest())
        #expect(list.freshness.source != .stale)
      }
    }
  }
}
