import FonanaCore
import FonanaTestSupport
import NIOPosix
import Testing

@testable import FonanaAPI

/// A person waits for the doctor, and may go.
@Suite(.timeLimit(.minutes(1)))
struct ServerProbeTests {
  private func probe(_ server: RawServer, isSecure: Bool = false) throws -> ServerProbe {
    var configuration = try APIConfiguration(
      server: "\(isSecure ? "https" : "http")://127.0.0.1:\(server.port)", caFile: nil, proxy: nil,
      outboxFolder: "/nonexistent", version: "test", environment: [:])
    configuration.limits.connect = .milliseconds(200)
    if !isSecure { configuration.limits.idle = .milliseconds(300) }
    return ServerProbe(configuration)
  }

  @Test func anAnswerThatDripsEnds() async throws {
    let server = try RawServer { connection in
      connection.readHead()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
      while !connection.isClosed {
        connection.write("x")
        usleep(20_000)  // not a wait: its pace
      }
    }
    let probe = try probe(server)
    let answer = await probe.exchange(.serverVersion)
    #expect(answer.failure != nil)
  }

  /// With its usual patience it would wait for ten seconds.
  @Test func whoIsCancelledWaitsForNothing() async throws {
    let isAsked = Monitor(false)
    let server = try RawServer { connection in
      isAsked.change { $0 = true }
      connection.readToEnd()
    }
    let probe = try probe(server, isSecure: true)
    let look = Task { await probe.lookAtCertificate(of: probe.configuration.server) }
    _ = try await isAsked.wait { $0 ? true : nil }
    let began = ContinuousClock.now
    look.cancel()
    #expect(await look.value.certificate == nil)
    #expect(began.duration(to: .now) < .seconds(5))
  }
}
