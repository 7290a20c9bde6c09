import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Testing

extension RealBinaries {
  /// The token stands in `credentials.json` and nowhere else.
  @Suite struct TokenLeakTests {
    @Test func noTokenIsWrittenAnywhereElse() async throws {
      try await withScene(loggedIn: false) { scene in
        var tokens: [String] = []
        var said = ""
        try await scene.desk.withDaemon(["--log-level", "trace"]) { daemon in
          try await scene.desk.login(scene.alice.wallet)
          try await scene.isConnected()
          tokens.append(try scene.token())
          try await scene.liveThroughARefusal()
          tokens.append(try scene.token())
          for words in [["whoami"], ["status"], ["config", "list"], ["logs"], ["outbox"]] {
            let result = try await scene.desk.command.run(words + ["--json", "--verbose"])
            said += result.output + result.errors
          }
          said += try FileContent.text("/proc/\(daemon.pid)/cmdline")
          said += try FileContent.text("/proc/\(daemon.pid)/environ")
          said += daemon.errors.text
        }
        #expect(said.contains("refresh") || said.contains("token"), "the log says nothing of it")
        let secrets = Set(tokens).flatMap { [$0, String($0.split(separator: ".").last ?? "?")] }
        #expect(secrets.count >= 2)
        for secret in secrets { #expect(!said.contains(secret), "said aloud") }
        let files = try FileContent.all(below: scene.desk.home.path)
        #expect(files.contains { $0.key.hasSuffix("fonanad.log") })
        let holders = files.filter { file in secrets.contains { file.value.contains($0) } }.keys
        #expect(holders.allSatisfy { $0.hasSuffix("credentials.json") }, "\(holders)")
        #expect(holders.count == 1)
      }
    }
  }
}

extension Scene {
  /// As it stands in the file.
  fileprivate func token() throws -> String {
    struct Credentials: Decodable { let token: String }
    let text = try desk.home.text(of: "f/state/default/credentials.json")
    return try JSONDecoder().decode(Credentials.self, from: Data(text.utf8)).token
  }

  /// Where a token is most likely to be quoted: a request and a socket are refused with it.
  fileprivate func liveThroughARefusal() async throws {
    let before = world.counters.tokenRequests
    world.revokeTokens(of: alice.id)
    server.sockets.closeAll(code: 1008, reason: "Unauthorized")
    try await world.wait { $0.counters.tokenRequests > before }
    let sent = try await desk.fonana("send", "@bob", "after the refusal")
    #expect(sent.status == 0, "\(sent)")
    try await aliceHasSent(1)
    try await desk.waitUntil("drained")
    try await isConnected()
  }
}

/// Files as text, whatever is in them.
private enum FileContent {
  static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  static func all(below folder: String) throws -> [String: String] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
    return paths.reduce(into: [:]) { files, path in
      files[path] = try? text("\(folder)/\(path)")
    }
  }
}
