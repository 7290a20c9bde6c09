import ControlProtocol
import FonanaCore
import NIOHTTP1
import Synchronization

/// The page's server with its keys, and what it answers.
final class DashboardSite: Sendable {
  let server: WebServer
  let pages: PageCounter
  private let responder: DashboardResponder

  init(port: Int, parts: DashboardParts) async throws(FonanaError) {
    let responder = DashboardResponder(parts: parts)
    server = try await WebServer(port: port) { await responder.answer($0) }
    (pages, self.responder) = (responder.pages, responder)
  }

  func issueAddress() -> DashboardAddress {
    let ticket = responder.keys.withLock { $0.issueTicket() }
    return DashboardAddress(
      url: "http://127.0.0.1:\(server.port)/?key=\(ticket.exposed)", port: server.port,
      validSeconds: Int(DashboardKeys.life.components.seconds))
  }
}

/// Judges each request and answers it.
final class DashboardResponder: Sendable {
  let parts: DashboardParts
  let pages = PageCounter()
  let keys = Mutex(DashboardKeys())
  private let folder: String

  init(parts: DashboardParts) {
    self.parts = parts
    folder = keys.withLock { $0.folder }
  }

  func answer(_ request: WebRequest) async -> WebAnswer {
    if let refusal = WebGuard.refusal(of: request) { return refusal }
    if request.path == "/", request.method == .GET { return enter(request) }
    guard keys.withLock({ $0.session.fits(request.cookies[DashboardKeys.cookie]) }) else {
      return Self.keyless
    }
    guard request.path.hasPrefix(folder + "/") else { return .notFound }
    let name = String(request.path.dropFirst(folder.utf8.count + 1))
    return request.method == .GET ? show(name) : act(name)
  }

  /// The ticket is changed for the key of the run.
  private func enter(_ request: WebRequest) -> WebAnswer {
    keys.withLock { keys in
      guard keys.redeem(request.query["key"]) else { return Self.keyless }
      return .moved(to: keys.folder + "/", headers: [keys.setCookie])
    }
  }

  private func show(_ name: String) -> WebAnswer {
    if let file = DashboardPage.files[name] { return file }
    guard name == "events" else { return .notFound }
    let (parts, pages) = (parts, pages)
    return WebAnswer(
      .ok, type: "text/event-stream; charset=utf-8",
      .stream { writer in
        pages.opened()
        defer { pages.closed() }
        try await DashboardFeed(parts: parts).run(writer)
      })
  }

  private func act(_ name: String) -> WebAnswer {
    guard name.hasPrefix("act/"), let act = DashboardAct(rawValue: String(name.dropFirst(4)))
    else { return .notFound }
    let run = DashboardActRun(act, parts)
    return WebAnswer(.ok, type: "application/x-ndjson", .stream { await run.run($0) })
  }

  private static let keyless = WebAnswer.text(
    .unauthorized,
    "This page opens with its key only, and each address of it opens once: type “fonana dashboard”."
  )
}
