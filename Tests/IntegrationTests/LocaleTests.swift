import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Testing

extension RealBinaries {
  /// What is printed does not depend on the language of the one who looks.
  @Suite struct LocaleTests {
    private static let source = "/usr/share/i18n/locales"
    private static let hasSources = FileManager.default.fileExists(atPath: "\(source)/tr_TR")

    /// With commas in numbers, other months, and letters that are written small in another way.
    @Test(.enabled(if: hasSources, "the package locales is installed by \"make deps\""))
    func jsonIsTheSameInEveryLanguage() async throws {
      try await withTemporaryHome { place in
        for name in ["ru_RU", "tr_TR"] {
          let made = try await Program("/usr/bin/localedef").run([
            "-i", name, "-f", "UTF-8", place.path("\(name).UTF-8"),
          ])
          try #require(made.status == 0, "\(made)")
        }
        try await withScene { scene in
          scene.bobWrites("İstanbul ISPARTA ırmak, Ёлка 1.5 €")
          scene.world.send(
            from: scene.bob.id, in: scene.conversation,
            MessageDraft("locked", mediaURL: "/media/x.jpg", mediaType: "image/jpeg", price: 1234.5)
          )
          // Nothing may come between one language and the next.
          try await scene.desk.withDaemon { _ in try await scene.desk.pullAll("@bob") }
          try await expectTheSame(scene, locales: place.path)
        }
      }
    }

    private func expectTheSame(_ scene: Scene, locales: String) async throws {
      var seen: [String: Set<String>] = [:]
      for language in ["C", "ru_RU.UTF-8", "tr_TR.UTF-8"] {
        var desk = scene.desk
        desk.environment["LC_ALL"] = language
        desk.environment["LOCPATH"] = locales
        try await desk.withDaemon { _ in
          try await desk.waitUntil("synced")
          for words in [
            ["read", "@BOB", "--peek"], ["search", "istanbul"], ["search", "ISPARTA"],
            ["config", "list"], ["whoami"], ["show", "nothing"], ["read", "@b\u{131}b"],
          ] {
            let output = try await desk.run(words + ["--json"]).output
            seen[words.joined(separator: " "), default: []].insert(Self.withoutFreshness(output))
          }
        }
      }
      for (command, outputs) in seen { #expect(outputs.count == 1, "\(command): \(outputs)") }
    }

    @Test func lettersAreWholeUnderLangC() async throws {
      try await withScene { scene in
        scene.bobWrites("Grüße, 日本 👍🏽")
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          for language in ["C", "POSIX", "nonsense"] {
            var desk = scene.desk
            (desk.environment["LANG"], desk.environment["LC_ALL"]) = (language, language)
            for words in [
              ["read", "@bob", "--peek"], ["inbox"], ["read", "@bob", "--peek", "--json"],
            ] {
              let shown = try await desk.run(words)
              #expect(shown.output.contains("Grüße, 日本 👍🏽"), "\(language): \(shown)")
            }
          }
        }
      }
    }

    /// When the server was last asked differs from run to run.
    private static func withoutFreshness(_ output: String) -> String {
      guard case .object(let members)? = WireJSON(parsing: output.utf8) else { return output }
      return WireJSON.object(members.filter { $0.key != "freshness" }).text
    }
  }
}
