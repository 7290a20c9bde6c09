import ControlProtocol
import FonanaAPI
import FonanaCore

/// Can the configuration be read, and is it the one that the daemon runs by?
struct ConfigurationCheck: DoctorCheck {
  let link = DoctorLink.configuration
  let title = "Configuration"
  let isOnline = false

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    let path = bench.paths.configurationFile
    switch bench.launch {
    case .failure(let error): return .fail(error, tried: path)
    case .success(let launch):
      let given = launch.configuration.listing.filter { $0.origin != .standard }
      let names = given.map { "\($0.key) (\($0.origin.rawValue))" }.joined(separator: ", ")
      let detail =
        "server \(launch.api.origin); "
        + (given.isEmpty ? "every setting is the default" : "set: \(names)")
      guard let running = bench.daemon,
        running.configuration.listing != launch.configuration.listing
      else { return .ok(detail, tried: path) }
      return .warn(
        detail + "; the daemon still runs by what stood there when it started", tried: path,
        hint: "Type “fonana daemon restart”.")
    }
  }
}
