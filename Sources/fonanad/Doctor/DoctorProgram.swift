import ControlProtocol
import FonanaCore
import Glibc
import Logging

/// `fonanad --doctor` and `fonanad --bugreport`.
struct DoctorProgram {
  private let options: LaunchOptions
  private let bench: DoctorBench

  init(_ options: LaunchOptions, _ environment: [String: String]) throws(FonanaError) {
    self.options = options
    bench = try DoctorBench(options, environment)
  }

  func bugReport() async -> String {
    Self.prepare()
    return await BugReport(bench: bench).text()
  }

  private static func prepare() {
    ProcessSetup.limitThreads()
    LoggingSystem.bootstrap { _ in SwiftLogNoOpLogHandler() }
  }

  func run() async throws(FonanaError) -> ExitStatus {
    Self.prepare()
    let isJSON = options.isJSON
    let report = await Doctor(bench: bench) { line in
      Self.write(isJSON ? try? ControlJSON.encode(line) : Array(Self.text(line).utf8))
    }.run()
    if isJSON { Self.write(try ControlJSON.encode(report)) }
    return report.ok ? .done : .failed
  }

  private static func text(_ line: DoctorLine) -> String {
    let hint = line.hint.map { "\n  hint: \(DisplayText.line($0))" } ?? ""
    return "\(line.status.rawValue) \(line.id): \(DisplayText.line(line.detail))\(hint)"
  }

  private static func write(_ line: [UInt8]?) {
    guard let line else { return }
    _ = FileBytes.writeAll(STDOUT_FILENO, line + [UInt8(ascii: "\n")])
  }
}
