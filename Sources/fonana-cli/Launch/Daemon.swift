import ControlProtocol
import FonanaCore

/// A connection to the daemon that says once on stderr when versions or servers differ.
final class Daemon {
  private let client: ControlClient
  private let context: Context
  private var isChecked = false

  init(_ client: ControlClient, context: Context) {
    self.client = client
    self.context = context
  }

  func call<P: Encodable, R: Decodable>(
    _ call: Call<P, R>, _ parameters: P, passing descriptor: Int32? = nil,
    patience: Duration? = ControlClient.usualPatience
  ) throws(FonanaError) -> R {
    defer { warn() }
    return try client.call(call, parameters, passing: descriptor, patience: patience)
  }

  /// A daemon that was started for this command hears from the server first, or finds that it
  /// can't: it would have nothing new to show.
  func awaitNews() {
    guard client.isFirst else { return }
    let wait = WaitRequest(for: .asked, timeoutSeconds: 1)
    _ = try? call(Calls.wait, wait, patience: .seconds(2))
    client.isFirst = false
  }

  func nextEvent(within limit: Duration? = nil) throws(FonanaError) -> WatchEvent? {
    try client.nextEvent(within: limit)
  }

  private func warn() {
    guard !isChecked, let daemon = client.daemon else { return }
    isChecked = true
    if context.global.verbose {
      context.output.note("daemon \(daemon.daemonVersion), pid \(daemon.pid)")
    }
    if let warning = daemon.skewWarning { context.output.warn(warning) }
    guard let wanted = context.environment["FONANA_SERVER"], !wanted.isEmpty,
      let server = daemon.server, Self.plain(wanted) != Self.plain(server)
    else { return }
    context.output.warn(
      "FONANA_SERVER is \(wanted), but the daemon talks to \(server); "
        + "type “fonana daemon restart”, or use another profile")
  }

  private static func plain(_ address: String) -> String {
    var address = address.lowercased()
    while address.hasSuffix("/") { address.removeLast() }
    return address
  }
}
