import ControlProtocol
import FonanaCore
import FonanaTestSupport
import FoundationEssentials
import Logging
import Testing

@testable import fonanad

@Suite struct LogTests {
  private let token = "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VySWQiOiJ1MSJ9.c2lnbmF0dXJlLWNhbmFyeQ"

  private func lines(of home: TemporaryHome) throws -> [LogLine] {
    try home.text(of: "log").split(separator: "\n").map {
      try JSONDecoder().decode(LogLine.self, from: Data($0.utf8))
    }
  }

  private func sink(_ home: TemporaryHome, _ level: Logger.Level = .info) throws -> LogSink {
    LogSink(
      level: level, file: try LogFile(path: home.path("log")), writesToStandardError: false,
      now: { Timestamp(milliseconds: 0) })
  }

  @Test func aLineHasItsCategoryAndFields() async throws {
    try await withTemporaryHome { home in
      let logger = try sink(home).logger(.sync)
      logger.info("pulled", metadata: ["count": "3"])
      logger.info("refreshed", metadata: ["category": "jwt"])
      let lines = try lines(of: home)
      #expect(lines.map(\.category) == ["sync", "jwt"])
      #expect(lines.first?.fields == ["count": "3"])
    }
  }

  @Test func theStageStandsBeforeTheMessage() async throws {
    try await withTemporaryHome { home in
      let logger = try sink(home).logger(.sync)
      logger.info("code 1008", metadata: ["category": "websocket", "stage": "socketClosed"])
      let line = try #require(try lines(of: home).first)
      #expect(line.stage == "socketClosed" && line.fields.isEmpty)
      #expect(line.text == "1970-01-01T00:00:00.000Z info [websocket] socketClosed code 1008")
    }
  }

  @Test func aLineDoesNotEndWithASpace() async throws {
    try await withTemporaryHome { home in
      let logger = try sink(home).logger(.sync)
      logger.info("code 1000 ", metadata: ["stage": "socketClosed"])
      #expect(try lines(of: home).first?.text.hasSuffix(" socketClosed code 1000") == true)
    }
  }

  @Test func aListenerWhoIsSlowGetsTheNewestLines() async throws {
    try await withTemporaryHome { home in
      let sink = try sink(home)
      let (lines, cancel) = sink.listen()
      let logger = sink.logger(.sync)
      for number in 1...700 { logger.info("\(number)") }
      cancel()
      logger.info("unheard")
      var heard: [String] = []
      for await line in lines { heard.append(line.message) }
      #expect(heard == (201...700).map { "\($0)" })
    }
  }

  @Test func theLevelCanBeChangedWhileLoggersLive() async throws {
    try await withTemporaryHome { home in
      let sink = try sink(home)
      let logger = sink.logger(.http)
      logger.debug("unseen")
      sink.level = .debug
      logger.debug("seen")
      #expect(try lines(of: home).map(\.message) == ["seen"])
    }
  }

  @Test func noTokenReachesTheLog() async throws {
    try await withTemporaryHome { home in
      let logger = try sink(home, .trace).logger(.jwt)
      logger.info("got \(token)", metadata: ["url": "wss://h/ws?token=\(token)&x=1"])
      logger.info("hidden", metadata: ["token": "\(Redacted(token))"])
      let text = try home.text(of: "log")
      #expect(!text.contains("eyJ") && !text.contains("canary"))
      #expect(text.contains("&x=1"))
    }
  }

  @Test func aFullFileIsTurnedOver() async throws {
    try await withTemporaryHome { home in
      var file = try LogFile(path: home.path("log"), limit: 10, keeps: 2)
      for text in ["first--\n", "second-\n", "third--\n", "fourth-\n"] {
        file.write(Array(text.utf8))
      }
      #expect(try home.text(of: "log") == "fourth-\n")
      #expect(try home.text(of: "log.1") == "third--\n")
      #expect(try home.text(of: "log.2") == "second-\n")
    }
  }

  @Test func controlCharactersAreShownInText() {
    let line = LogLine(
      at: Timestamp(milliseconds: 0), level: "info", category: "http", message: "a\u{1b}[2Jb",
      fields: ["k": "x y"])
    #expect(line.text == "1970-01-01T00:00:00.000Z info [http] a^[[2Jb k=\"x y\"")
  }
}
