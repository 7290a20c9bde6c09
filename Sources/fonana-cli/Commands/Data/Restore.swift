import ArgumentParser
import ControlProtocol
import FonanaCore
import Glibc

struct Restore: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put a backup in the place of the store.",
    discussion: """
      Example:  fonana restore /media/stick/fonana.backup

      The store that is here now is kept in a folder beside it, and what waits in its outbox goes \
      on waiting. Messages that wait in the backup alone are looked for at the server before they \
      are sent. What was forgotten since the backup was made is back. The daemon is stopped, and \
      started again if it ran.
      """)

  @Argument(help: "What “fonana backup” has made.", completion: .file())
  var file: String

  @Flag(help: "Don't ask.")
  var yes = false

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let path = Backup.absolute(file)
    try Backup.refuseOtherThanFile(path, named: file)
    guard access(path, F_OK) == 0 else {
      throw FonanaError(
        .notFound, "There is no file \(DisplayText.line(path)).",
        hint: "Name one that “fonana backup” has made; nothing was changed.")
    }
    try confirm(path, context)
    let control = DaemonControl(context)
    let wasRunning = try control.stop()
    let outcome: Result<RestoreResult, FonanaError> = Result { () throws(FonanaError) in
      try restore(path, context)
    }
    if wasRunning { _ = try control.start() }
    let result = try outcome.get()
    try context.output.render(Done(Self.sentence(result), result))
    return .done
  }

  /// No other command may start the daemon meanwhile.
  private func restore(_ path: String, _ context: Context) throws(FonanaError) -> RestoreResult {
    try PrivateFolder.prepare(context.paths.dataFolder)
    let lock = try StartLock.acquire(context.paths.startLock, within: .seconds(5))
    defer { withExtendedLifetime(lock) {} }
    let bytes = try DaemonTool(context).run(["--restore", path, "--json"])
    return try ControlJSON.decode(RestoreResult.self, from: bytes)
  }

  private func confirm(_ path: String, _ context: Context) throws(FonanaError) {
    guard !yes else { return }
    let question =
      "Put \(DisplayText.line(path)) in the place of the messages of profile "
      + "“\(context.paths.profile)”?"
    guard context.canAsk, Prompt.confirm(question) else {
      throw FonanaError(
        .invalidInput, "Nothing was changed: restore needs a yes.",
        hint: "Answer “y”, or add --yes.")
    }
  }

  private static func sentence(_ result: RestoreResult) -> String {
    var sentence = "restored \(DisplayText.line(result.path))"
    if result.waiting > 0 {
      let what = result.waiting == 1 ? "1 message" : "\(result.waiting) messages"
      sentence +=
        "; \(what) may have been sent since, and will be looked for before anything is sent"
    }
    if let folder = result.replaced {
      sentence += "; what was here before is kept in \(DisplayText.line(folder))"
    }
    return sentence
  }
}
