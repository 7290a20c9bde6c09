import FonanaCore
import FonanaServer
import FonanaTestSupport
import Testing

@testable import FonanaAPI

/// The client and the reference server, both generations, over real connections.
@Suite(.timeLimit(.minutes(2)))
struct ReferenceServerTests {
  private static let wallet = "DUxkXhMWuo76ofUMtFRZtL8zmVqQnb8twLeB5NcaM4cG"
  private static let other = "npzAZaN9fDMgLV63b3kv3FF8cLSd8dQSLxyMXASA5T4"

  @Test(arguments: [FonanaServer.ServerGeneration.a, .b])
  func aMessageGoesOutAndComesBack(_ generation: FonanaServer.ServerGeneration) async throws {
    var configuration = ServerConfiguration()
    configuration.generation = generation
    try await withReferenceServer(configuration) { server in
      let friend = server.world.makeUser(wallet: Self.other, nickname: "friend")
      try await withClient("http://127.0.0.1:\(server.httpPort)") { client in
        let grant = try await Self.token(client)
        #expect(grant.generation?.rawValue == generation.rawValue)
        func call(_ request: ServerRequest) async -> ServerAnswer {
          await client.perform(request, wallet: Self.wallet, token: grant.token)
        }
        guard case .user(let found) = await call(.lookUpUser(.nickname("FRIEND"))).reply,
          case .conversation(let id, let both) = await call(.createConversation(with: found.id))
            .reply
        else {
          Issue.record("no conversation")
          return
        }
        #expect(found.id.rawValue == friend.id && both.count == 2)
        let cid = ClientID("7f1f63a5-60c6-4bd2-9b7f-25a0a1e6b0aa")
        let message = OutgoingMessage(cid: cid, content: "hé\n👋", metadata: JSONText(#"{"k":1}"#))
        guard case .sent(let sent, let echoed) = await call(.sendMessage(id, message)).reply else {
          Issue.record("not sent")
          return
        }
        #expect(echoed && sent.cid == cid && sent.content == "hé\n👋")
        let page = await call(.listMessages(id, limit: 10, before: nil, stopAt: nil)).reply?.page
        #expect(page?.messages.map(\.cid) == [cid])
        #expect(page?.hasMore == (generation == .a ? nil : false))
        guard case .conversations(let list) = await call(.listConversations).reply else {
          Issue.record("no list")
          return
        }
        #expect(list.map(\.id) == [id] && list[0].last?.content == "hé\n👋")
        let unknown = await call(.lookUpUser(.nickname("nobody_here"))).failure
        #expect(unknown?.status == 404 && unknown?.routeError == "User not found")
      }
    }
  }

  @Test func anImageIsUploadedFromTheOutboxFolder() async throws {
    try await withTemporaryHome { home in
      _ = try home.write("not an image", to: "bad.png")
      _ = try home.write("GIF89a" + String(repeating: "x", count: 300_000), to: "a.gif")
      try await withReferenceServer { server in
        let url = "http://127.0.0.1:\(server.httpPort)"
        try await withClient(url, outbox: home.path) { client in
          let grant = try await Self.token(client)
          func upload(_ name: String) async -> ServerAnswer {
            await client.perform(
              .uploadImage(fileName: name), wallet: Self.wallet, token: grant.token)
          }
          guard case .uploaded(let path) = await upload("a.gif").reply else {
            Issue.record("not uploaded: \(await upload("a.gif"))")
            return
          }
          #expect(path.hasPrefix("/") && path.hasSuffix(".gif"))
          for name in ["bad.png", "gone.png", "../a.gif"] {
            let failure = await upload(name).failure
            #expect(failure?.phase == .nothingWritten && failure?.status == 400, "\(name)")
          }
        }
      }
    }
  }

  @Test func aNotificationIsPushed() async throws {
    try await withReferenceServer { server in
      let url = "http://127.0.0.1:\(server.httpPort)"
      let grant = try await withClient(url) { try await Self.token($0) }
      let me = try #require(grant.user?.id)
      try await withSocket(
        "ws://127.0.0.1:\(server.webSocketPort)/ws", token: grant.token.exposed
      ) { run, task in
        try await run.wait { $0.frames.contains(.connected(me)) }
        run.commands.yield(.subscribeToNotifications(me))
        try await run.wait { $0.frames.contains(.subscribed(channel: "notifications")) }
        server.world.addNotification(
          for: me.rawValue, type: "SYSTEM_ANNOUNCEMENT", title: "t", message: "m", metadata: nil,
          push: true)
        try await run.wait { signals in
          signals.frames.contains {
            if case .notification(me, .some(let row)) = $0 { row.title == "t" } else { false }
          }
        }
        task.cancel()
      }
    }
  }

  @Test func aBadTokenIsClosedWith1008() async throws {
    try await withReferenceServer { server in
      let signals = try await withSocket(
        "ws://127.0.0.1:\(server.webSocketPort)/ws", token: "x.y.z")
      #expect(signals.last == .closed(code: 1008, reason: "Unauthorized"))
    }
  }

  private static func token(_ client: APIClient) async throws -> TokenGrant {
    let answer = await client.perform(
      .requestToken(wallet: wallet), wallet: wallet, token: nil)
    guard case .token(let grant) = answer.reply else {
      throw FonanaError(.badAnswer, "no token: \(answer)")
    }
    return grant
  }
}
