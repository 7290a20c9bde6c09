import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Testing

extension RealBinaries {
  /// The README's first session, typed again: what it shows must be what is shown today, but for
  /// times, ids and amounts.
  @Suite struct ReadmeSessionTests {
    private typealias Step = (command: String, answer: [String])

    @Test func theFirstSessionStillReadsLikeThis() async throws {
      let scenes = try Self.blocks(of: "## A first session").map(Self.steps)
      try #require(scenes.count == 3, "online, without a network, online again")
      try await withTemporaryHome { home in
        try await withReferenceServer { server in
          try server.world.plant(.demo)
          let desk = Desk(home, server)
          try await desk.withDaemon { _ in
            try await expect(scenes[0], on: desk)
            try await server.stopListening()
            try await expect(scenes[1], on: desk)
            try await server.startListening()
            try await expect(scenes[2], on: desk)
          }
        }
      }
    }

    @Test func theDoctorHasTheChecksThatAreShown() async throws {
      let shown = try Self.blocks(of: "## When it does not connect").joined()
        .map { $0.split(separator: " ").map(String.init) }
        .filter { ["ok", "warn", "skip", "fail"].contains($0.first) }.map { $0[1] }
      try #require(shown.count > 4)
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("connected")
          let lines = try await scene.desk.fonana("doctor").output.split(separator: "\n")
          let names = lines.compactMap {
            $0.split(separator: " ").dropFirst().first.map(String.init)
          }
          #expect(names.filter(shown.contains) == shown)
        }
      }
    }

    private func expect(_ steps: [Step], on desk: Desk) async throws {
      try #require(!steps.isEmpty)
      var environment = desk.environment
      environment.merge(
        ["PATH": "\(Products.folder):/usr/bin:/bin", "SHELL": "/bin/sh", "NO_COLOR": "1"]
      ) { $1 }
      let terminal = Program("/usr/bin/script", environment: environment)
      for step in steps {
        let line = "stty rows 60 cols 120; \(step.command)"
        let result = try await terminal.run(["-qec", line, "/dev/null"])
        let lines = Self.shown(result.output)
        #expect(lines.map(Self.withoutFigures) == step.answer.map(Self.withoutFigures), "\(step)")
      }
    }

    /// What a terminal still shows at the end: a line of progress is written over.
    private static func shown(_ output: String) -> [String] {
      output.split { $0 == "\n" || $0 == "\r\n" }.map { line in
        let last = line.split(separator: "\r").last ?? ""
        return String(last.replacing("\u{1B}[K", with: ""))
      }
    }

    /// The lines of each code block of a section.
    private static func blocks(of title: String) throws -> [[String]] {
      let readme = try String(contentsOfFile: "\(Products.repository)/README.md", encoding: .utf8)
      let lines = readme.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let section = lines.drop { $0 != title }.dropFirst().prefix { !$0.hasPrefix("## ") }
      let parts = section.split(omittingEmptySubsequences: false) { $0.hasPrefix("```") }
      return parts.enumerated().filter { $0.offset % 2 == 1 }.map { Array($0.element) }
    }

    private static func steps(_ block: [String]) -> [Step] {
      block.filter { !$0.isEmpty }.reduce(into: []) { steps, line in
        if line.hasPrefix("$ ") {
          steps.append((String(line.dropFirst(2)), []))
        } else if !steps.isEmpty {
          steps[steps.count - 1].answer.append(line)
        }
      }
    }

    /// Words with a digit as `#`, times and the latest failure of many as nothing.
    private static func withoutFigures(_ line: String) -> String {
      let times = /\bnow\b|\b(in )?\d+ (s|min|h|d)( ago)?\b/
      let kept = line.replacing(/, next try .*/, with: "").replacing(times, with: "#")
      return kept.split(separator: " ").map { word in
        word.contains(where: \.isNumber) ? "#" : String(word)
      }.joined(separator: " ")
    }
  }
}
