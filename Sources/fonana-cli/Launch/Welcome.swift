import ArgumentParser
import ControlProtocol
import FonanaCore
import Glibc

/// `fonana` alone: three lines that say what is missing and what to type.
enum Welcome {
  static func run(
    _ arguments: [String], _ environment: [String: String]
  ) throws(FonanaError) -> ExitStatus {
    let options: GlobalOptions
    do {
      options = try GlobalOptions.parse(arguments)
    } catch {
      throw FonanaError(
        .invalidInput, UsageText.sentence(GlobalOptions.message(for: error)),
        hint: "Type “fonana --help”.")
    }
    let context = try Context(options.values, environment: environment)
    let account = account(context)
    // Without a daemon nobody knows who, but that somebody is.
    let isLoggedIn = account != nil || access(context.paths.credentials, F_OK) == 0
    let text = lines(account, isLoggedIn: isLoggedIn).joined(separator: "\n")
    try context.output.render(Done(text, HelpPage(help: text)))
    return .done
  }

  /// Asked of a running daemon only.
  private static func account(_ context: Context) -> AccountInfo? {
    guard let daemon = try? context.connect(.never) else { return nil }
    return try? daemon.call(Calls.account, NoParameters())
  }

  static func lines(_ account: AccountInfo?, isLoggedIn: Bool) -> [String] {
    let title = "fonana \(BuildInfo.version): messages of Fonana in your terminal."
    let all = "All commands: fonana --help"
    guard isLoggedIn else {
      return [title, "To log in, type: fonana login --wallet ADDRESS", all]
    }
    let name = account.flatMap { $0.nickname ?? $0.wallet }
    let who = name.map { "You are \(DisplayText.line($0, limit: 60))." } ?? "You are logged in."
    return [title, who + " Try: fonana inbox, fonana read WHO, fonana send WHO TEXT", all]
  }
}
