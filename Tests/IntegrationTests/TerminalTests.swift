import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// What only a terminal gets: questions, colours, relative times, pages, progress.
  @Suite struct TerminalTests {
    private static let escape = "\u{1b}"

    @Test func aLoginWithoutAnAddressAsksForIt() async throws {
      try await withScene(loggedIn: false) { scene in
        try await scene.desk.withDaemon { _ in
          let login = try await scene.desk.atTerminal(
            "login", typing: " \(scene.alice.wallet) \n")
          #expect(login.status == 0, "\(login)")
          #expect(login.output.contains("Wallet address:"))
          #expect(login.output.contains("alice"))
          #expect(try await scene.desk.status().token.state == "valid")
        }
      }
    }

    @Test func anAccountThatLooksNewIsKeptOnlyAfterAYes() async throws {
      try await withScene(loggedIn: false) { scene in
        let newcomer = scene.world.makeUser(nickname: "user_new")
        try await scene.desk.withDaemon { _ in
          let no = try await scene.desk.atTerminal(
            "login", "--wallet", newcomer.wallet, typing: "n\n")
          #expect(no.status == 77, "\(no)")
          #expect(try await scene.desk.status().token.state == "missing")
          let yes = try await scene.desk.atTerminal(
            "login", "--wallet", newcomer.wallet, typing: "y\n")
          #expect(yes.status == 0, "\(yes)")
          #expect(try await scene.desk.status().token.state == "valid")
        }
      }
    }

    @Test func severalConversationsAreTickedOnlyAfterAYes() async throws {
      try await withScene { scene in
        let carol = scene.world.makeUser(nickname: "carol")
        scene.world.send(from: carol.id, to: scene.alice.id, "from carol")
        scene.bobWrites("from bob")
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          let no = try await scene.desk.atTerminal("read", "--no-pager", typing: "n\n")
          #expect(no.output.contains("[y/N]") && no.output.contains("Nothing was marked read"))
          #expect(scene.world.counters.ticks == 0)
          let yes = try await scene.desk.atTerminal("read", "--no-pager", typing: "y\n")
          #expect(yes.status == 0, "\(yes)")
          #expect(yes.output.contains("from carol") && yes.output.contains("from bob"))
          // A reading waits a few seconds only for the fetch that is the tick.
          try await scene.world.wait { $0.counters.ticks >= 2 }
          #expect(scene.world.counters.ticks == 2)
        }
      }
    }

    @Test func coloursAndAgesAreForTerminalsThatWantThem() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.isConnected()
          let shown = try await scene.desk.atTerminal("status")
          #expect(shown.output.contains("\(Self.escape)[2m"))
          #expect(shown.output.contains("since now"))
          let plain = try await scene.desk.atTerminal("status", with: ["NO_COLOR": "1"])
          #expect(!plain.output.contains(Self.escape))
          let dumb = try await scene.desk.atTerminal("status", with: ["TERM": "dumb"])
          #expect(!dumb.output.contains(Self.escape))
          let piped = try await scene.desk.fonana("status")
          #expect(!piped.output.contains(Self.escape) && !piped.output.contains("since now"))
        }
      }
    }

    @Test func whatIsLongerThanTheScreenGoesThroughThePager() async throws {
      try await withScene { scene in
        for number in 1...20 { scene.bobWrites("line \(number)") }
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          try await scene.desk.pullAll("@bob")
          let pager = ["FONANA_PAGER": "sed s/^/page:/"]
          let long = try await scene.desk.atTerminal("read", "@bob", with: pager)
          #expect(long.output.contains("page:"), "\(long)")
          let short = try await scene.desk.atTerminal("inbox", with: pager)
          #expect(!short.output.contains("page:"), "\(short)")
          let whole = try await scene.desk.atTerminal("read", "@bob", "--no-pager", with: pager)
          #expect(!whole.output.contains("page:") && whole.output.contains("line 20"))
          let none = try await scene.desk.atTerminal(
            "read", "@bob", with: ["FONANA_PAGER": "/no/such/pager"])
          #expect(none.output.contains("line 20"), "\(none)")
        }
      }
    }

    @Test func aLoginShowsHowTheFirstMirrorGrows() async throws {
      try await withScene(loggedIn: false) { scene in
        for number in 1...300 {
          let partner = scene.makePartner("p\(number)")
          for text in ["one", "two"] {
            scene.world.send(
              from: partner.user.id, in: partner.conversation, MessageDraft(text), push: false)
          }
          scene.world.markRead(partner.conversation, by: scene.alice.id)
        }
        try await scene.desk.withDaemon { _ in
          let login = try await scene.desk.atTerminal("login", "--wallet", scene.alice.wallet)
          #expect(login.status == 0, "\(login)")
          #expect(login.output.contains("Fetching: "), "\(login)")
          #expect(try await scene.desk.status().sync.state == "synced")
        }
      }
    }

    /// Rows 16 to 20 of the checklist: what others write moves no cursor, sets no title, hides
    /// nothing.
    @Test func aMessageCannotDriveTheTerminal() async throws {
      try await withScene { scene in
        scene.bobWrites("a\u{1b}]0;owned\u{7}b\r\u{1b}[2Kc\u{9b}31md\u{202e}e\u{8}f")
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          let plain = ["NO_COLOR": "1"]
          for shown in [
            try await scene.desk.atTerminal("inbox", with: plain),
            try await scene.desk.atTerminal("read", "@bob", with: plain),
          ] {
            #expect(shown.status == 0 && shown.output.contains("owned"), "\(shown)")
            #expect(!ShownText.acts(shown.output), "\(shown)")
          }
        }
      }
    }
  }
}
