import ArgumentParser
import ControlProtocol
import FonanaCore

struct Dashboard: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open the diagnostics page in the browser, or print its address.",
    discussion: """
      Example:  fonana dashboard --no-open

      The page is served on this machine only. An address opens it once; type the command again \
      for another.
      """)

  @Flag(help: "Only print the address.")
  var noOpen = false

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let address = try context.call(Calls.openDashboard, NoParameters(), mayBegin: true)
    let forward = Self.forward(address.port, context.environment)
    let isOpened =
      forward == nil && !noOpen && !global.json
      && Desktop(context.environment).open(address.url)
    try context.output.render(
      DashboardOpening(address: address, opened: isOpened, forward: forward))
    return .done
  }

  /// The line for the machine where the browser is; nil: this one is it.
  static func forward(_ port: Int, _ environment: [String: String]) -> String? {
    let words = (environment["SSH_CONNECTION"] ?? "").split(separator: " ")
    guard words.count == 4 else { return nil }
    let user = (environment["USER"] ?? environment["LOGNAME"]).map { "\($0)@" } ?? ""
    let sshPort = words[3] == "22" ? "" : "-p \(words[3]) "
    return "ssh -N -L \(port):127.0.0.1:\(port) \(sshPort)\(user)\(words[2])"
  }
}

/// What `fonana dashboard` says.
struct DashboardOpening: Renderable, Decodable {
  var url: String
  var port: Int
  var validSeconds: Int
  var opened: Bool
  @Nullable var forward: String?

  init(address: DashboardAddress, opened: Bool, forward: String?) {
    (url, port, validSeconds) = (address.url, address.port, address.validSeconds)
    (self.opened, self.forward) = (opened, forward)
  }

  func text(_ style: TextStyle) -> String {
    if opened { return "opened in the browser; if it does not show, add --no-open" }
    let limit = "(opens once, within \(validSeconds / 60) min)"
    guard let forward else { return "\(url)\n\(style.dim(limit))" }
    return """
      On the machine with the browser type
        \(DisplayText.line(forward))
      and open there
        \(url)
      \(style.dim(limit))
      """
  }
}
