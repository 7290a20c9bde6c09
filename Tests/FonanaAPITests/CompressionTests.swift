import FonanaCore
import FonanaServer
import FonanaTestSupport
import Testing

@testable import FonanaAPI

/// Compressed answers, from what is asked for to what is made of them.
@Suite(.timeLimit(.minutes(10)))
struct CompressionTests {
  @Test func aListIsAskedForComesAndIsReadCompressed() async throws {
    try await withReferenceServer { server in
      let me = server.world.makeUser(nickname: "me")
      for number in 0..<50 {
        let friend = server.world.makeUser(nickname: "friend\(number)")
        server.world.send(
          from: friend.id, in: server.world.makeConversation(friend.id, me.id),
          MessageDraft("the same words again and again, by number \(number)"))
      }
      let answers = Monitor<[UInt8]>([])
      let relay = try RawServer.relay(to: server.httpPort, keeping: answers)
      let token = Redacted(try #require(server.world.issueToken(for: me.id)))
      let list = try await withClient("http://127.0.0.1:\(relay.port)") {
        await $0.perform(.listConversations, wallet: me.wallet, token: token).reply
      }
      guard case .conversations(let conversations)? = list else {
        Issue.record("no list: \(String(describing: list))")
        return
      }
      #expect(conversations.count == 50)
      #expect(conversations.allSatisfy { $0.last?.content?.contains("again and again") == true })
      #expect(relay.seen.read { $0.text }.contains("Accept-Encoding: gzip\r\n"))
      let wire = answers.read { $0 }
      #expect(String(decoding: wire, as: UTF8.self).lowercased().contains("content-encoding: gzip"))
      #expect(wire.count < 50 * 100, "\(wire.count) bytes for 50 conversations")
    }
  }

  /// A GET of messages marks them read, so that a second one would find nothing unread any more.
  @Test func textsThatRepeatThemselvesAreAskedForOnce() async throws {
    try await withReferenceServer { server in
      let me = server.world.makeUser(nickname: "me")
      let bot = server.world.makeUser(nickname: "bot")
      let talk = server.world.makeConversation(me.id, bot.id)
      let text = String(repeating: "Buy now! ", count: 60)
      for _ in 0..<60 { server.world.send(from: bot.id, in: talk, MessageDraft(text)) }
      let token = Redacted(try #require(server.world.issueToken(for: me.id)))
      try await withClient("http://127.0.0.1:\(server.httpPort)") { client in
        let page = await client.perform(
          .listMessages(ConversationID(talk), limit: 100, before: nil, stopAt: nil),
          wallet: me.wallet, token: token)
        guard case .page(let page)? = page.reply else {
          Issue.record("no page: \(page)")
          return
        }
        #expect(page.messages.count == 60)
        #expect(page.messages.allSatisfy { $0.isRead == false })
        let long = OutgoingMessage(
          cid: ClientID("c"), content: String(repeating: "😀", count: 2_600))
        let sent = await client.perform(
          .sendMessage(ConversationID(talk), long), wallet: me.wallet, token: token)
        #expect(sent.reply != nil, "\(sent)")
      }
      let asked = server.world.counters.requests["GET /api/conversations/:id/messages"]
      #expect(asked == 1)
    }
  }

  /// 64 MiB in 64 kB. A body that inflates too well may be honest, so that it is asked for once
  /// more as it is; a server that does not care gets no third question.
  @Test func aBombIsDefusedAndAskedForOnceMoreAsItIs() async throws {
    let bomb = try await GzipBomb.make(#"{"conversations":["#, zeros: 64 << 20)
    let server = try RawServer { connection in
      while !connection.readHead().isEmpty {
        connection.write(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
            + "Content-Length: \(bomb.count)\r\n\r\n")
        connection.write(bomb)
      }
    }
    // To inflate so much takes a debug build on a slow machine longer than a person would wait.
    var limits = APIConfiguration.Limits()
    (limits.idle, limits.post) = (.seconds(300), .seconds(300))
    try await withClient("http://127.0.0.1:\(server.port)", limits: limits) { client in
      let failure = await client.call(.listConversations).failure
      #expect(failure?.status == 200 && failure?.phase == .headersRead)
      let asked = server.seen.read { $0.text }
      #expect(asked.ranges(of: "Accept-Encoding: gzip").count == 1)
      #expect(asked.ranges(of: "Accept-Encoding: identity").count == 1)
      let sent = await client.call(sampleMessage).failure
      #expect(sent?.phase == .headersRead)
      #expect(server.seen.read { $0.text }.ranges(of: "POST ").count == 1)
    }
  }
}
