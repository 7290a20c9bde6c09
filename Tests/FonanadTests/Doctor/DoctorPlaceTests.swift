import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import Glibc
import Testing

@testable import fonanad

/// The links before the API, with a doctor that is pointed elsewhere.
@Suite(.timeLimit(.minutes(3))) struct DoctorPlaceTests {
  private func diagnose(
    _ server: String, _ change: [String: String] = [:]
  ) async throws -> DoctorRun {
    try await withTemporaryHome { home in
      var options = LaunchOptions()
      options.timeScale = server.contains("127.0.0.1") ? 10 : 1
      let environment = [
        "FONANA_HOME": home.path, "FONANA_SERVER": server, "FONANA_NOTIFICATIONS": "false",
      ].merging(change) { $1 }
      let report = await Doctor(bench: try DoctorBench(options, environment)).run()
      return DoctorRun(report: report, isUp: false)
    }
  }

  @Test func aDeadPortIsNamed() async throws {
    let (descriptor, port) = try LoopbackSocket.listening()
    close(descriptor)
    let run = try await diagnose("http://127.0.0.1:\(port)")
    #expect(run[.tcp]?.status == .fail && run.detail(.tcp).contains("refused"))
    #expect(run[.http]?.detail == "not tried: “tcp” is broken")
    #expect(run[.account]?.status == .fail, "nobody is logged in there")
    #expect(run[.account]?.hint?.contains("fonana login") == true)
  }

  @Test func aBlackHoleIsNamed() async throws {
    let (descriptor, port) = try LoopbackSocket.listening()
    defer { close(descriptor) }
    let run = try await diagnose("http://127.0.0.1:\(port)")
    #expect(run[.tcp]?.status == .ok && run[.http]?.status == .fail)
    let secure = try await diagnose("https://127.0.0.1:\(port)")
    #expect(secure[.tls]?.status == .fail && secure[.http]?.status == .skip)
  }

  @Test func aNameThatDoesNotExistIsNamed() async throws {
    let name = String(repeating: "x", count: 64)
    let run = try await diagnose("https://\(name).example")
    #expect(run[.dns]?.status == .fail && run[.tcp]?.status == .skip)
    #expect(run.detail(.dns).hasPrefix("“"), "the resolver's own words")
  }

  @Test(arguments: [
    ("HTTP/1.1 407 Proxy Authentication Required", "NO_PROXY"),
    ("HTTP/1.1 403 Forbidden", "NO_PROXY"), ("SSH-2.0-OpenSSH_9.2", "HTTPS_PROXY"),
  ])
  func aProxyThatDoesNotLetThroughIsNamed(_ line: String, _ advice: String) async throws {
    let proxy = try FixedAnswer("\(line)\r\n\r\n")
    defer { proxy.stop() }
    let run = try await diagnose(
      "https://fonana.example", ["HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)"])
    #expect(run[.proxy]?.status == .fail && run.detail(.proxy).contains(line))
    #expect(run[.proxy]?.hint?.contains(advice) == true)
    #expect(run[.dns]?.detail == "not tried: “proxy” is broken")
  }

  @Test(arguments: [
    ("Tue, 24 Nov 2020 13:49:48 GMT", "ahead of"), ("Wed, 24 Nov 2060 13:49:48 GMT", "behind"),
  ])
  func aClockThatIsWrongIsNamed(_ date: String, _ sign: String) async throws {
    let server = try FixedAnswer(FixedAnswer.refusal(at: date))
    defer { server.stop() }
    let run = try await diagnose("http://127.0.0.1:\(server.port)")
    #expect(run[.http]?.status == .ok && run[.clock]?.status == .fail)
    #expect(run.detail(.clock).contains(sign), "\(run.detail(.clock))")
  }

  @Test func aHeldLockWithoutAnAnswerIsNamed() async throws {
    try await withTestDaemon { test in
      let run = try await test.diagnoseWithoutDaemon()
      #expect(run[.daemon]?.status == .fail && run.detail(.daemon).contains("\(getpid())"))
    }
  }
}
