import ArgumentParser
import ControlProtocol
import FonanaCore

struct Doctor: FonanaCommand {
  /// Each link has its own limit; this is for all of them.
  private static let patience = Duration.seconds(180)

  static let configuration = CommandConfiguration(
    abstract: "Try every link to the server, and say what is broken and what to do.",
    discussion: "Example:  fonana doctor --offline")

  @Flag(help: "Ask nothing of the network.")
  var offline = false

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let (output, style) = (context.output, context.output.style)
    let show: (DoctorLine) -> Void = { line in
      if !output.isJSON { StandardStream.output.write(line.text(style) + "\n") }
    }
    let report = try report(context, show)
    if output.isJSON {
      try output.renderJSON(report)
    } else {
      StandardStream.output.write(report.verdict(style) + "\n")
    }
    return report.ok ? .done : .failed
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
