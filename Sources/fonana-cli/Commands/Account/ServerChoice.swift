import ControlProtocol
import FonanaCore

/// `login --server`: a profile that nobody has logged in with yet may still choose its server.
struct ServerChoice {
  private let context: Context
  init(_ context: Context) { self.context = context }

  /// Writes the setting and restarts a daemon that runs with another. A profile with an account
  /// keeps its server: the daemon then refuses the login.
  func choose(_ server: String) throws(FonanaError) {
    let account = try context.call(Calls.status, NoParameters()).account
    guard account.userId == nil, !isSame(account.server, server) else { return }
    _ = try DaemonTool(context).run(["config", "set", "--", "server", server])
    _ = try DaemonControl(context).stop()
    let name = DisplayText.line(server, limit: 200)
    context.output.note("The profile's server is \(name) from now on.")
  }

  private func isSame(_ a: String, _ b: String) -> Bool { plain(a) == plain(b) }

  private func plain(_ address: String) -> String {
    var address = address.lowercased()
    while let last = address.last, last == "/" || last.isWhitespace { address.removeLast() }
    return address
  }
}
