import ControlProtocol
import FonanaCore
import Glibc

/// `login --server`: a profile that nobody has logged in with yet may still choose its server.
///
/// The setting is shared by all profiles, so it changes only when the login has succeeded, and not
/// while another profile has an account.
struct ServerChoice {
  private let context: Context
  private let server: String

  init(_ server: String, _ context: Context) {
    self.server = server
    self.context = context
  }

  /// Gives what `logIn` gives. A profile with an account keeps its server: the daemon refuses.
  func logIn(
    _ logIn: () throws(FonanaError) -> LoginResult
  ) throws(FonanaError) -> LoginResult {
    try checkEnvironment()
    let account = try context.call(Calls.status, NoParameters()).account
    guard account.userId == nil, !isServer(account.server) else { return try logIn() }
    let isConfigured = isServer(try configured())
    if !isConfigured { try checkOthers() }
    try restart(isConfigured ? context : try context.serving(server))
    let result: LoginResult
    do {
      result = try logIn()
    } catch {
      if !isConfigured { try? restart(context) }
      throw error
    }
    if !isConfigured { try keep() }
    return result
  }

  /// A daemon that is started later would go by the environment again.
  private func checkEnvironment() throws(FonanaError) {
    guard let named = context.environment["FONANA_SERVER"], !named.isEmpty, !isServer(named)
    else { return }
    throw FonanaError(
      .invalidInput,
      "FONANA_SERVER is \(DisplayText.line(named, limit: 200)), which goes before --server.",
      hint: "Unset FONANA_SERVER, or leave --server out.")
  }

  private func checkOthers() throws(FonanaError) {
    let others = context.allProfiles.filter {
      $0.profile != context.paths.profile && access($0.credentials, F_OK) == 0
    }
    guard let other = others.first else { return }
    throw FonanaError(
      .conflict,
      "The server is one setting for all profiles, and profile “\(other.profile)” has an account.",
      hint: "Set FONANA_SERVER in the environment of this profile's commands; or move all with "
        + "“fonana config set server \(DisplayText.line(server, limit: 200))”.")
  }

  /// By the environment, the file or the default.
  private func configured() throws(FonanaError) -> String {
    let printed = try DaemonTool(context).run(["config", "get", "server"])
    return String(decoding: printed.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  private func restart(_ context: Context) throws(FonanaError) {
    _ = try DaemonControl(context).stop()
    _ = try DaemonControl(context).start()
  }

  private func keep() throws(FonanaError) {
    _ = try DaemonTool(context).run(["config", "set", "--", "server", server])
    let name = DisplayText.line(server, limit: 200)
    context.output.note("The server is \(name) from now on, for all profiles.")
  }

  private func isServer(_ address: String) -> Bool { plain(address) == plain(server) }

  private func plain(_ address: String) -> String {
    var address = address.lowercased()
    while let last = address.last, last == "/" || last.isWhitespace { address.removeLast() }
    return address
  }
}

extension Context {
  /// A daemon that it starts talks to that server.
  fileprivate func serving(_ server: String) throws(FonanaError) -> Context {
    var environment = environment
    environment["FONANA_SERVER"] = server
    return try Context(global, environment: environment)
  }
}
