import ArgumentParser
import ControlProtocol
import FonanaCore

struct Bugreport: FonanaCommand {
  private static let patience = Duration.seconds(180)

  static let configuration = CommandConfiguration(
    abstract: "Make a report without secrets, show it, and save it in a file.",
    discussion: "Example:  fonana bugreport -o report.txt")

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Save it there; else it is asked.", valueName: "file"))
  var output: String?

  @Flag(help: "Ask nothing of the network.")
  var offline = false

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let text = try text(context)
    if !context.output.isJSON { StandardStream.output.write(text) }
    let path = try save(text, context)
    if context.output.isJSON {
      try context.output.renderJSON(SavedReport(path: path, text: text))
    } else if let path {
      context.output.note("saved as \(path)")
    }
    return .done
  }

  private func text(_ context: Context) throws(FonanaError) -> String {
    let request = DoctorRequest(offline: offline, clientVersion: BuildInfo.version)
    if let client = try? context.launcher.running() {
      return try client.call(Calls.bugReport, request, patience: Self.patience).text
    }
    let arguments = ["--bugreport", "--client-version", BuildInfo.version]
    let printed = try DaemonTool(context).run(arguments + (offline ? ["--offline"] : []))
    return String(decoding: printed, as: UTF8.self)
  }

  /// nil: it was only shown.
  private func save(_ text: String, _ context: Context) throws(FonanaError) -> String? {
    let time = "\(context.output.style.now)".prefix(19).filter { $0.isNumber || $0 == "T" }
    guard output != "-" else { return nil }
    let name = output ?? "fonana-bugreport-\(time).txt"
    guard output != nil || context.canAsk && Prompt.confirm("Save it as \(name)?") else {
      return nil
    }
    let file = try PartialFile(beside: name)
    try file.write(text)
    return try file.finish(fileExtension: nil, replacing: false)
  }
}

struct SavedReport: Codable {
  @Nullable var path: String?
  var text: String
}
