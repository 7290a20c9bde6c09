import FonanaCore
import Logging
import NIOHTTP1
import ServiceLifecycle

/// `GET /metrics` on the port of the configuration, without a key: for a Prometheus on this machine.
struct MetricsService: Service {
  let port: Int
  let source: any MetricsSource
  let logger: Logger

  func run() async throws {
    do throws(FonanaError) {
      let server = try await WebServer(port: port) { await answer($0) }
      logger.notice("Metrics are served.", metadata: ["port": "\(server.port)"])
      try? await gracefulShutdown()
      await server.stop()
    } catch {
      // The daemon is worth more than its numbers.
      logger.error("Metrics are not served.", metadata: ["reason": "\(error.message)"])
      try? await gracefulShutdown()
    }
  }

  func answer(_ request: WebRequest) async -> WebAnswer {
    if let refusal = WebGuard.refusal(of: request) { return refusal }
    guard request.path == "/metrics", request.method == .GET else { return .notFound }
    return WebAnswer(
      .ok, type: "text/plain; version=0.0.4; charset=utf-8",
      .bytes(Array(await source.text().utf8)))
  }
}
