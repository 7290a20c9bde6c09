import FoundationEssentials
import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// Rows 16 to 18 of the checklist: the golden file of attacks through a real terminal.
  @Suite struct TerminalAttackTests {
    private static let plain = ["NO_COLOR": "1"]
    private static let last = "the last one"

    @Test func noAttackDrivesATerminal() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          try await watchesAttacks(scene)
          try await scene.desk.pullAll("@bob")
          let read = try await scene.desk.atTerminal(
            "read", "@bob", "--all", "--no-pager", with: Self.plain)
          expectHarmless(read, holding: TerminalAttack.all.filter { !$0.text.contains("\n") })
          let found = try await scene.desk.atTerminal(
            "search", "attack*", "-n", "100", "--no-pager", with: Self.plain)
          expectHarmless(found, holding: [])
          #expect(found.output.contains("attack0 ^[[2J^[[H"), "\(found)")
          let json = try await scene.desk.fonana("read", "@bob", "--all", "--json")
          #expect(!ShownText.acts(json.output))
          let texts = try JSONDecoder().decode(
            ReadDocument.self, from: Data(json.output.utf8)
          ).messages.compactMap(\.content)
          #expect(Set(texts).isSuperset(of: Self.texts))
        }
      }
    }

    /// Names are of others too.
    @Test func noNameDrivesATerminal() async throws {
      try await withScene { scene in
        for (number, attack) in TerminalAttack.all.enumerated() {
          let user = scene.world.makeUser(nickname: "n\(number) \(attack.text)")
          let conversation = scene.world.makeConversation(scene.alice.id, user.id)
          scene.world.send(
            from: user.id, in: conversation, MessageDraft("\(number) \(attack.text)"), push: false)
        }
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          let inbox = try await scene.desk.atTerminal("inbox", "--no-pager", with: Self.plain)
          expectHarmless(inbox, holding: [])
          #expect(inbox.output.contains("n0 ^[[2J^[[H") && inbox.output.contains("n52 "))
          let piped = try await scene.desk.fonana("inbox", "--color", "never")
          #expect(!piped.output.contains { $0 != "\n" && $0 != "\t" && Self.acts($0) })
        }
      }
    }

    private static var texts: [String] {
      TerminalAttack.all.enumerated().map { "attack\($0) \($1.text)" }
    }

    private static func acts(_ character: Character) -> Bool {
      character.unicodeScalars.contains(where: ShownText.acts)
    }

    /// `watch` shows them when they come.
    private func watchesAttacks(_ scene: Scene) async throws {
      try await scene.desk.withTerminal("watch", with: Self.plain) { watch in
        _ = try #require(try await watch.output.nextLine(containing: "ready"))
        for text in Self.texts + [Self.last] { scene.bobWrites(text) }
        _ = try #require(try await watch.output.nextLine(containing: Self.last))
        #expect(!ShownText.acts(watch.output.text), "\(watch.output.text.debugDescription)")
      }
    }

    private func expectHarmless(
      _ result: ProgramResult, holding attacks: [TerminalAttack],
      at location: SourceLocation = #_sourceLocation
    ) {
      #expect(result.status == 0, "\(result)", sourceLocation: location)
      #expect(
        !ShownText.acts(result.output), "\(result.output.debugDescription)",
        sourceLocation: location)
      for attack in attacks {
        #expect(
          result.output.contains(attack.line), "\(attack): \(result.output.debugDescription)",
          sourceLocation: location)
      }
    }
  }
}
