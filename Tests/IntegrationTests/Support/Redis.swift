import FonanaTestSupport
import FoundationEssentials
import Testing

/// A real Redis on a socket of its own, without a file.
struct Redis {
  let socket: String
  private let folder: String
  private let server: String

  /// The server is in Debian's redis-tools under another name; its package would start one.
  init(in home: TemporaryHome) throws {
    (socket, folder, server) = (home.path("redis.sock"), home.path, home.path("redis-server"))
    try FileManager.default.createSymbolicLink(
      atPath: server, withDestinationPath: "/usr/bin/redis-check-rdb")
  }

  func withServer<R: Sendable>(_ body: () async throws -> R) async throws -> R {
    let arguments = ["--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder]
    return try await Program(server).withRunning(arguments) { running in
      let line = try await running.output.nextLine(containing: "eady to accept connections")
      try #require(line != nil, "redis: \(running.output.text) \(running.errors.text)")
      return try await body()
    }
  }

  /// What it answers, on one line.
  func cli(_ command: String...) async throws -> String { try await cli(command) }

  func waitUntil(_ command: String..., is value: String) async throws {
    var answer = ""
    repeat { answer = try await cli(command) } while answer != value
  }

  private func cli(_ command: [String]) async throws -> String {
    let result = try await Program("/usr/bin/redis-cli").run(["-s", socket] + command)
    try #require(result.status == 0, "\(command): \(result)")
    return result.output.split(separator: "\n").joined(separator: " ")
  }
}
