import ControlProtocol
import FonanaAPI
import FonanaCore
import Glibc
import LocalStore
import Logging
import ServiceLifecycle
import SyncEngine
import UnixSignals

/// The daemon of one profile, composed and ready to run.
///
/// Order of construction: folders, lock, log, store, socket, clients, engine. Whoever holds the
/// lock is the only one to open the store and to replace the socket.
struct Daemon: Sendable {
  let context: DaemonContext
  let server: ControlServer
  let dashboard: Dashboard
  private let lock: LockFile
  private let api: APIClient
  private let services: [ServiceGroupConfiguration.ServiceConfiguration]
  private let stopSignal: StopSignal

  /// nil: another daemon serves this profile already.
  init?(_ launch: DaemonLaunch) async throws(FonanaError) {
    let paths = launch.paths
    let socketPath = try paths.validatedSocket()
    try paths.prepareFolders()
    guard let lock = try LockFile.acquire(paths.lock, launch.lockRecord(socketPath)) else {
      return nil
    }
    self.lock = lock
    AtomicFile.removeLeftovers(of: paths.credentials)
    let log = LogSink(
      level: launch.configuration.logLevel, file: try LogFile(path: paths.log),
      writesToStandardError: launch.writesToStandardError)
    let history = RunHistory.begin(launch.historyPath)
    let store = try Self.openStore(launch, after: history, log.logger(.control))
    let images = OutgoingImages(folder: paths.outboxFolder)
    images.removeOrphans(keeping: try await store.outboxItems().map(\.item))
    let recorder = try launch.recordPath.map(TraceFile.init(path:))
    // What can refuse the start comes before the clients, which have to be shut down.
    let socket = try ListeningSocket(
      path: socketPath, inherited: InheritedSocket.take(at: socketPath, launch.environment))
    let credentials = CredentialKeeper(launch)
    let metrics = DaemonMetrics()
    let hub = EventHub(onDrop: metrics.subscriberDropped)
    let renderer = EventRenderer(store: store, mode: launch.configuration.mode)
    let pump = EventPump(hub: hub, renderer: renderer, images: images)
    api = APIClient(launch.api, logger: log.logger(.http))
    let historyChanges = HistoryChanges()
    let engine = Engine(
      configuration: launch.engine, server: APIServerPort(client: api, metrics: metrics),
      socket: APISocketPort(
        client: SocketClient(launch.api, logger: log.logger(.websocket)), metrics: metrics),
      store: LocalStorePort(store: store, logger: log.logger(.sync)), credentials: credentials,
      clock: launch.clock,
      seed: .random(in: .min ... .max), logger: log.logger(.sync),
      history: launch.connectionHistory.read(),
      recorder: recorder,
      onObservation: { observation in
        metrics.observe(observation)
        historyChanges.note(observation)
      }, onEvents: pump.intake)
    let clients = ClientCounter()
    let popUps = NotificationSwitch(
      launch.configuration.notifications,
      snoozedUntil: launch.snoozeFile.end(wall: SystemClock.wall, boot: SystemClock.boot))
    context = DaemonContext(
      launch: launch, store: store, engine: engine, hub: hub, images: images,
      credentials: credentials,
      media: MediaSource(
        MediaFetch(launch.api, logger: log.logger(.http)), origin: launch.api.origin,
        credentials: credentials),
      log: log, startedAt: SystemClock.wall, startedAtBoot: SystemClock.boot,
      history: history, metrics: metrics, clients: clients, popUps: popUps,
      rescue: StoreRescue.newest(of: paths.store))
    let stopSignal = StopSignal()
    self.stopSignal = stopSignal
    let status = StatusHandler(context: context)
    dashboard = Dashboard(
      launch.configuration, parts: DashboardParts(context: context, status: status),
      logger: log.logger(.control))
    let presenter = launch.presenter ?? Self.desktop(context)
    let manager = launch.serviceManager
    server = try ControlServer(
      socket: socket,
      router: ControlRouter(
        context, renderer: renderer, status: status, dashboard: dashboard,
        notify: NotifyHandler(context: context, control: popUps, presenter: presenter),
        stop: { stopSignal.fire() }),
      limits: launch.socketLimits, logger: log.logger(.control),
      onDrop: metrics.subscriberDropped,
      onServing: {
        Self.announce(launch, log)
        // That file is for the command that waited, and nobody turns it over.
        if FileBytes.isStandardError(paths.startLog) { log.leaveStandardError() }
        manager?.tell("READY=1", "STATUS=\(ServiceReporter.text(engine.status))")
      })
    clients.server = server
    let notifications = NotificationService(
      hub: hub, store: store, mode: launch.configuration.mode,
      control: popUps, startedAt: SystemClock.wall,
      missed: { engine.status.missed },
      presenter: presenter,
      logger: log.logger(.notify))
    // Stopped in reverse order: first no more requests, last the engine.
    let numbers = MetricsService(
      port: launch.configuration.number(.metricsPort),
      source: MetricsReport(context: context, status: status), logger: log.logger(.control))
    let isMeasured = launch.configuration.flag(.metricsEnabled)
    services =
      [
        .init(service: EngineService(engine: engine, credentials: credentials)),
        .init(
          service: HistoryKeeper(
            file: launch.connectionHistory, engine: engine, changes: historyChanges)),
        .init(
          service: NetworkWatcher(
            logger: log.logger(.control), onChange: engine.networkChanged)),
        .init(service: pump),
        .init(service: notifications),
        .init(service: MemoryReturn(hub: hub)),
        .init(service: HookService(context: context, renderer: renderer)),
        .init(service: HubCloser(hub: hub)),
        .init(service: dashboard),
      ] + (isMeasured ? [.init(service: numbers)] : []) + [
        .init(service: server),
        .init(service: ServiceReporter(manager: manager, engine: engine)),
        .init(
          service: stopSignal, successTerminationBehavior: .gracefullyShutdownGroup),
      ]
  }

  /// Pop-ups by `notify-send`, on which a message can be marked read, or answered where there is
  /// a window to type in.
  private static func desktop(_ context: DaemonContext) -> NotifySend {
    let logger = context.log.logger(.notify)
    let dialog = ReplyDialog(NotifySend.desktop(context.launch.environment))
    let acts = PopUpActs(context: context, dialog: dialog, logger: logger)
    return NotifySend(
      environment: context.launch.environment, logger: logger, canReply: dialog != nil
    ) { choice in
      await acts.perform(choice)
    }
  }

  /// Every page is read first, unless that takes long and the last run has ended in order.
  private static func openStore(
    _ launch: DaemonLaunch, after history: RunHistory, _ logger: Logger
  ) throws(FonanaError) -> LocalStore {
    let paths = launch.paths
    let isLarge = FileBytes.count(of: paths.store) > 16 << 20
    let (store, rescue) = try LocalStore.openOrRescue(
      path: paths.store, checking: !isLarge || history.lastExit != "stopped",
      syncing: launch.mutant == .syncNormal ? .normal : .full, at: SystemClock.wall)
    if let rescue {
      logger.error(
        "The store was damaged and has been made anew; the damaged one is kept.",
        metadata: [
          "reason": "\(rescue.reason)", "copy": "\(rescue.folder)",
          "messagesSaved": "\(rescue.savedItems)",
          "isOutboxComplete": "\(rescue.isOutboxComplete)",
        ])
    }
    return store
  }

  /// Until a signal, `daemon.stop` or `stop()`; then everything is closed and written.
  func run(signals: [UnixSignal]) async throws {
    var configuration = ServiceGroupConfiguration(
      services: services, gracefulShutdownSignals: signals, logger: quietLogger)
    configuration.maximumGracefulShutdownDuration = .seconds(3)
    configuration.maximumCancellationDuration = signals.isEmpty ? nil : .seconds(1)
    var failure: (any Error)?
    do {
      try await ServiceGroup(configuration: configuration).run()
    } catch {
      failure = error
    }
    await api.shutdown()
    close(failure)
    if let failure { throw failure }
  }

  func stop() { stopSignal.fire() }

  /// Once commands are served and a signal ends the daemon in order.
  private static func announce(_ launch: DaemonLaunch, _ log: LogSink) {
    log.logger(.control).notice(
      "The daemon runs.",
      metadata: [
        "pid": "\(getpid())", "version": "\(BuildInfo.version)", "server": "\(launch.api.origin)",
        "profile": "\(launch.paths.profile)",
      ])
  }

  private func close(_ failure: (any Error)?) {
    do throws(FonanaError) {
      try context.store.close()
    } catch {
      context.logger.error("The store could not be closed.", metadata: ["reason": "\(error)"])
    }
    context.launch.connectionHistory.write(context.engine.connectionHistory)
    let exit = failure.map { "failed: \($0)" } ?? "stopped"
    context.history.end(context.paths.stateFolder + "/runs.json", as: exit)
    context.logger.notice("The daemon ends.", metadata: ["how": "\(exit)"])
  }

  /// The library's own lines are for debugging it.
  private var quietLogger: Logger {
    Logger(label: "lifecycle") { _ in SwiftLogNoOpLogHandler() }
  }
}
