import ArgumentParser
import ControlProtocol
import FonanaCore

struct Doctor: FonanaCommand {
  /// Each link has its own limit; this is for all of them.
  private static let patience = Duration.seconds(180)

  static let configuration = CommandConfiguration(
    abstract: "Try every link to the server; say what is broken and what to do.",
    discussion: """
      A line for each link: what came back, and where it is not well what was tried and what to do. \
      With -v what was tried and how long it took for all of them.

      Example:  fonana doctor --offline
      """)

  @Flag(help: "Ask nothing of the network.")
  var offline = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Send one marked message each way between two profiles, and measure.",
      valueName: "profile"))
  var exchange: [String] = []

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard exchange.isEmpty || exchange.count == 2 else {
      throw ValidationError("--exchange needs two profiles")
    }
  }

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    if exchange.count == 2 { return try exchange(context) }
    let (output, style) = (context.output, context.output.style)
    let isFull = context.global.verbose
    let show: (DoctorLine) -> Void = { line in
      guard !output.isJSON else { return }
      StandardStream.output.write(line.text(style, isFull: isFull) + "\n", endingAs: nil)
    }
    let report = try report(context, show)
    let status: ExitStatus = report.ok ? .done : .failed
    if output.isJSON {
      try output.renderJSON(report, endingAs: status)
    } else {
      StandardStream.output.write(report.verdict(style) + "\n", endingAs: status)
    }
    return status
  }

  private func exchange(_ context: Context) throws(FonanaError) -> ExitStatus {
    let output = context.output
    let report = try ExchangeTest(context).run(exchange[0], exchange[1]) { leg in
      guard !output.isJSON else { return }
      StandardStream.output.write(leg.text(output.style) + "\n", endingAs: nil)
    }
    let status: ExitStatus = report.ok ? .done : .failed
    if output.isJSON { try output.renderJSON(report, endingAs: status) }
    return status
  }

  private func report(
    _ context: Context, _ show: @escaping (DoctorLine) -> Void
  ) throws(FonanaError) -> DoctorReport {
    guard let client = try? context.launcher.running() else {
      return try DoctorWithoutDaemon(context).run(offline: offline, show)
    }
    client.onCheck = show
    let request = DoctorRequest(offline: offline, clientVersion: BuildInfo.version)
    return try client.call(Calls.doctor, request, patience: Self.patience)
  }
}
