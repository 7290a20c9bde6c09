import FoundationEssentials
import FonanaServer
import FonanaTestSupport
import Glibc
import Testing

/// One person's computer: a home of its own and the two programs, pointed at one server.
struct Desk: Sendable {
  let home: TemporaryHome
  /// What the programs get; nothing of this process's own environment.
  var environment: [String: String]

  init(_ home: TemporaryHome, server: String, webSocket: String? = nil) {
    self.home = home
    environment = [
      "PATH": "/usr/local/bin:/usr/bin:/bin",
      "HOME": home.path,
      "FONANA_HOME": home.path("f"),
      "FONANA_SERVER": server,
      "FONANA_DAEMON": Products.path(of: "fonanad"),
      "FONANA_NO_AUTOSTART": "1",
      "FONANA_NOTIFICATIONS": "false",
      "FONANA_LOG_LEVEL": "trace",
      "LANG": "C.UTF-8",
      "TZ": "UTC",
    ]
    environment["FONANA_WEBSOCKET"] = webSocket
  }

  init(_ home: TemporaryHome, _ server: ReferenceServer) {
    self.init(
      home, server: "http://127.0.0.1:\(server.httpPort)",
      webSocket: "ws://127.0.0.1:\(server.webSocketPort)/ws")
  }

  var store: String { home.path("f/data/default/fonana.sqlite") }
  var hasStore: Bool { FileManager.default.fileExists(atPath: store) }

  var command: Program { Program(Products.path(of: "fonana"), environment: environment) }
  var daemon: Program { Program(Products.path(of: "fonanad"), environment: environment) }

  func fonana(_ arguments: String..., input: String = "") async throws -> ProgramResult {
    try await run(arguments, input: input)
  }

  /// Runs a command; what it prints as JSON must fit its schema.
  func run(_ arguments: [String], input: String = "") async throws -> ProgramResult {
    let result = try await command.run(arguments, input: Array(input.utf8))
    try await PrintedSchema.check(result.output, of: arguments, by: command)
    return result
  }

  /// Runs a command that must succeed, and decodes what it prints.
  func json<Document: Decodable>(
    _ type: Document.Type, _ arguments: String...,
    at location: SourceLocation = #_sourceLocation
  ) async throws -> Document {
    let result = try await run(arguments + ["--json"])
    try #require(result.status == 0, "\(arguments): \(result)", sourceLocation: location)
    return try JSONDecoder().decode(type, from: Data(result.output.utf8))
  }

  /// Until the whole conversation is here: one reading waits a few seconds only, and shows then what
  /// there is.
  func pullAll(_ who: String) async throws {
    var freshness: FreshnessDocument
    repeat {
      freshness = try await json(ReadDocument.self, "read", who, "--all").freshness
    } while freshness.gaps > 0 || ["stale", "starting"].contains(freshness.source)
  }

  func login(
    _ wallet: String, at location: SourceLocation = #_sourceLocation
  ) async throws {
    let result = try await fonana("login", "--wallet", wallet, "--no-input")
    try #require(result.status == 0, "login: \(result)", sourceLocation: location)
  }

  func status() async throws -> StatusDocument {
    try await json(StatusDocument.self, "status")
  }
}
