import ControlProtocol
import FonanaCore
import FonanaTestSupport
import Logging

@testable import fonanad

/// Runs a control server with a router of the test's own; `body` gets the socket's path.
func withControlServer<R: Sendable>(
  _ router: ControlRouter, limits: SocketLoop.Limits = .init(),
  _ body: @Sendable (ControlServer, String) async throws -> R
) async throws -> R {
  try await withTemporaryHome { home in
    let path = home.path("run/d.sock")
    let server = try ControlServer(
      socket: try ListeningSocket(path: path), router: router, limits: limits,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      do {
        let result = try await body(server, path)
        server.stop()
        try await group.waitForAll()
        return result
      } catch {
        server.stop()
        throw error
      }
    }
  }
}

/// A connection that speaks bytes.
struct RawClient: Sendable {
  let connection: UnixConnection

  init(_ path: String) throws { connection = try UnixConnection.connect(to: path) }

  func send(_ text: String) throws { try connection.send(Array(text.utf8), within: .seconds(50)) }

  /// The next `count` lines, fewer when the server closes.
  func lines(_ count: Int) throws -> [String] {
    var framer = LineFramer(limit: 64 << 20)
    var lines: [String] = []
    while lines.count < count {
      if let line = try framer.next() {
        lines.append(String(decoding: line, as: UTF8.self))
        continue
      }
      let received = try connection.receive(within: .seconds(50))
      if received.bytes.isEmpty { break }
      framer.append(received.bytes)
    }
    return lines
  }

  /// Whether the server closes without another byte.
  func isClosed() throws -> Bool { try connection.receive(within: .seconds(50)).bytes.isEmpty }
}
