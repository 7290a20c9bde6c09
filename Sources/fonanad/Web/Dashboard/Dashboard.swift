import ControlProtocol
import FonanaCore
import Logging
import ServiceLifecycle

/// The diagnostics page: nothing listens before it is asked for, and nothing ten minutes after the
/// last page was closed.
actor Dashboard: Service {
  private typealias Start = Task<Result<DashboardSite, FonanaError>, Never>

  private let port: Int
  private let isEnabled: Bool
  private let parts: DashboardParts
  private let patience: Duration
  private let logger: Logger
  private var start: Start?
  private var watcher: Task<Void, Never>?
  private var ending: Task<Void, Never>?
  private var isOver = false

  init(
    _ configuration: DaemonConfiguration, parts: DashboardParts, logger: Logger,
    patience: Duration = .seconds(600)
  ) {
    port = configuration.number(.dashboardPort)
    isEnabled = configuration.flag(.dashboardEnabled)
    (self.parts, self.logger, self.patience) = (parts, logger, patience)
  }

  func run() async throws {
    try? await gracefulShutdown()
    isOver = true
    watcher?.cancel()
    if case .success(let site)? = await start?.value { await site.server.stop() }
    await ending?.value
  }

  /// A fresh address of the page, for one person and soon.
  func open() async throws(FonanaError) -> DashboardAddress {
    guard isEnabled else {
      throw FonanaError(
        .conflict, "The diagnostics page is off (dashboard.enabled).",
        hint: "Type “fonana config set dashboard.enabled true” and “fonana daemon restart”.")
    }
    guard !isOver else { throw .daemonStops }
    let site = try await site().get()
    site.pages.touch()
    return site.issueAddress()
  }

  /// Whether it listens.
  var isOpen: Bool { start != nil }

  /// The one that is served; else a new one.
  private func site() async -> Result<DashboardSite, FonanaError> {
    if let start { return await start.value }
    let (port, parts, previous) = (port, parts, ending)
    let start = Start {
      await previous?.value
      do throws(FonanaError) {
        return .success(try await DashboardSite(port: port, parts: parts))
      } catch {
        return .failure(error)
      }
    }
    self.start = start
    let result = await start.value
    if case .success(let site) = result { watch(site) } else { self.start = nil }
    return result
  }

  private func watch(_ site: DashboardSite) {
    logger.notice("The diagnostics page is served.", metadata: ["port": "\(site.server.port)"])
    watcher = Task {
      while let rest = site.pages.rest(of: patience) {
        guard (try? await Task.sleep(for: rest)) != nil else { return }
      }
      end(site)
    }
  }

  private func end(_ site: DashboardSite) {
    logger.notice("The diagnostics page is not served any more: nobody looked.")
    (start, watcher) = (nil, nil)
    ending = Task { await site.server.stop() }
  }
}
