import ControlProtocol
import FonanaCore

/// Has `fonanad --doctor` do what the daemon can't be asked for.
struct DoctorWithoutDaemon {
  private let context: Context
  init(_ context: Context) { self.context = context }

  func run(
    offline: Bool, _ show: (DoctorLine) -> Void
  ) throws(FonanaError) -> DoctorReport {
    var report: DoctorReport?
    try DaemonTool(context).lines(
      ["--doctor", "--json", "--client-version", BuildInfo.version]
        + (offline ? ["--offline"] : [])
    ) { line in
      if let check = try? ControlJSON.decode(DoctorLine.self, from: line) { return show(check) }
      report = try? ControlJSON.decode(DoctorReport.self, from: line)
    }
    guard let report else {
      throw FonanaError(
        .internalDefect, "fonanad --doctor has ended without a report.",
        hint: "Type “fonanad --doctor” to see what it says.")
    }
    return report
  }
}
