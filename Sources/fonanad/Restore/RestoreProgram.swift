import ControlProtocol
import FonanaAPI
import FonanaCore
import LocalStore

/// `fonanad --restore FILE`: nobody else may have the store open.
struct RestoreProgram {
  private let launch: DaemonLaunch
  private let isJSON: Bool

  init(_ options: LaunchOptions, _ environment: [String: String]) throws(FonanaError) {
    launch = try DaemonLaunch(options: options, environment: environment)
    isJSON = options.isJSON
  }

  /// The text for stdout.
  func run(_ file: String) throws(FonanaError) -> String {
    let paths = launch.paths
    try paths.prepareFolders()
    guard
      let lock = try LockFile.acquire(paths.lock, launch.lockRecord(try paths.validatedSocket()))
    else { throw Self.isRunning }
    defer { withExtendedLifetime(lock) {} }
    let restored = try LocalStore.restore(
      from: file, to: paths.store, images: paths.outboxFolder, origin: launch.api.origin,
      at: SystemClock.wall)
    guard isJSON else { return "restored\n" }
    let result = RestoreResult(
      path: file, waiting: restored.waiting, replaced: restored.replaced)
    return String(decoding: try ControlJSON.encode(result), as: UTF8.self) + "\n"
  }

  private static let isRunning = FonanaError(
    .conflict, "The daemon runs and has the store open; nothing was changed.",
    hint: "Type “fonana restore FILE”, which stops it, or “fonana daemon stop”.")
}
