import ArgumentParser
import ControlProtocol
import FonanaCore
import Glibc

struct Backup: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copy the store into a file while the daemon runs.",
    discussion: """
      Example:  fonana backup /media/stick/fonana.backup

      The file holds the mirror and the outbox with its images, not the token. “fonana restore” \
      puts it back.
      """)

  @Argument(help: "Where to.", completion: .file())
  var file: String

  @Flag(help: "Replace an existing file.")
  var force = false

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let request = BackupRequest(path: Self.absolute(file), replace: force)
    let result = try context.call(Calls.backup, request, patience: .seconds(600))
    try context.output.render(
      Done(
        "saved \(DisplayText.line(result.path)) (\(StatusReport.size(result.bytes)))",
        result))
    return .done
  }

  /// The daemon has another working folder.
  static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let here = getcwd(nil, 0) else { return path }
    defer { free(here) }
    return "\(String(cString: here))/\(path)"
  }
}
