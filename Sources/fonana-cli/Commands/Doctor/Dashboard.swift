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
    let address = try context.call(Calls.openDashboard, NoParameters())
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
struct DashboardOpening: Renderable {
  let address: DashboardAddress
  let opened: Bool
  let forward: String?

  private enum Key: String, CodingKey { case url, port, validSeconds, opened, forward }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(address.url, forKey: .url)
    try container.encode(address.port, forKey: .port)
    try container.encode(address.validSeconds, forKey: .validSeconds)
    try container.encode(opened, forKey: .opened)
    try container.encode(forward, forKey: .forward)
  }

  func text(_ style: TextStyle) -> String {
    if opened { return "opened in the browser; if it does not show, add --no-open" }
    let limit = "(opens once, within \(address.validSeconds / 60) min)"
    guard let forward else { return "\(address.url)\n\(style.dim(limit))" }
    return """
      On the machine with the browser type
        \(DisplayText.line(forward))
      and open there
        \(address.url)
      \(style.dim(limit))
      """
  }
}
