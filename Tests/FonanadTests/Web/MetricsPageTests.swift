import Logging
import NIOHTTP1
import Testing

@testable import fonanad

@Suite struct MetricsPageTests {
  private struct Numbers: MetricsSource {
    func text() async -> String { "fonana_up 1\n" }
  }

  private let service = MetricsService(
    port: 0, source: Numbers(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })

  private func answer(_ path: String, host: String = "127.0.0.1:9464") async -> WebAnswer {
    await service.answer(
      WebRequest(
        HTTPRequestHead(
          version: .http1_1, method: .GET, uri: path, headers: ["Host": host])))
  }

  @Test func theNumbersAreServedToThisMachineOnly() async {
    let page = await answer("/metrics")
    #expect(page.status == .ok)
    #expect(
      page.head.headers.first(name: "Content-Type")?.hasPrefix("text/plain; version=0.0.4") == true)
    guard case .bytes(let bytes) = page.body else {
      Issue.record("no text")
      return
    }
    #expect(String(decoding: bytes, as: UTF8.self) == "fonana_up 1\n")
    #expect(await answer("/").status == .notFound)
    #expect(await answer("/metrics", host: "evil.example").status == .misdirectedRequest)
  }
}
