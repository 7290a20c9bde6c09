import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

/// A PostgreSQL 15 of its own for one test: Debian's, on a Unix socket in a folder that is gone
/// afterwards.
struct Postgres {
  /// Unpacked by "make deps", or installed.
  static let root = ["\(Products.repository)/.build-tools/postgresql", ""].first {
    FileManager.default.isExecutableFile(atPath: "\($0)/usr/lib/postgresql/15/bin/postgres")
  }

  struct Failure: Error {
    let text: String
  }

  private let root: String
  private let home: TemporaryHome

  /// Starts it around `body`, as another user when this one is root: it refuses to run as root.
  static func run<R: Sendable>(_ body: (Postgres) async throws -> R) async throws -> R {
    let root = try #require(root)
    return try await withTemporaryHome { home in
      let postgres = Postgres(root: root, home: home)
      try postgres.giveAwayHome()
      try await postgres.makeCluster()
      return try await postgres.serve { try await body(postgres) }
    }
  }

  /// What psql prints when it has carried out `script`: a line a row.
  func answers(to script: String) async throws -> [Substring] {
    let file = try home.write(script, to: "script.sql")
    let result = try await program("psql").run(
      ["-h", home.path, "-U", "postgres", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        + ["-d", "postgres", "-f", file], limit: .seconds(120))
    guard result.status == 0 else { throw Failure(text: "psql: \(result.errors)") }
    return result.output.split(separator: "\n")
  }

  private func makeCluster() async throws {
    let made = try await asServant(
      "initdb", ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    ) { try await $0.run($1, limit: .seconds(120)) }
    guard made.status == 0 else { throw Failure(text: "initdb: \(made.errors)") }
  }

  private func serve<R>(_ body: () async throws -> R) async throws -> R {
    let options = ["-D", data, "-k", home.path, "-c", "listen_addresses=", "-c", "fsync=off"]
    return try await asServant("postgres", options) { program, arguments in
      try await program.withRunning(arguments) { server in
        let line = try await server.errors.nextLine(containing: "ready to accept connections")
        guard line != nil else { throw Failure(text: "postgres: \(server.errors.text)") }
        let result: Result<R, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        // Its shared memory would stay behind a kill.
        server.send(SIGINT)
        _ = try await server.exit(within: .seconds(30))
        return try result.get()
      }
    }
  }

  private var data: String { home.path("data") }

  private func program(_ name: String) -> Program {
    Program(
      "\(root)/usr/lib/postgresql/15/bin/\(name)",
      environment: [
        "PATH": "/usr/bin:/bin", "LC_ALL": "C",
        "LD_LIBRARY_PATH": "\(root)/usr/lib/x86_64-linux-gnu:\(root)/usr/lib/aarch64-linux-gnu",
      ])
  }

  private static let nobody: UInt32 = 65_534

  private func giveAwayHome() throws {
    guard geteuid() == 0 else { return }
    guard chown(home.path, Self.nobody, Self.nobody) == 0 else {
      throw SystemCallError("chown", errno)
    }
  }

  private func asServant<R>(
    _ name: String, _ arguments: [String], _ body: (Program, [String]) async throws -> R
  ) async throws -> R {
    let wanted = program(name)
    guard geteuid() == 0 else { return try await body(wanted, arguments) }
    let id = "\(Self.nobody)"
    return try await body(
      Program("/usr/bin/setpriv", environment: wanted.environment),
      ["--reuid=\(id)", "--regid=\(id)", "--clear-groups", wanted.path] + arguments)
  }
}
