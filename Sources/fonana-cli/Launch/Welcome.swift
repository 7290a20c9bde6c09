import ArgumentParser
import ControlProtocol
import FonanaCore

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
    let text = lines(account(context)).joined(separator: "\n")
    try context.output.render(Done(text, HelpPage(help: text)))
    return .done
  }

  /// Asked of a running daemon only.
  private static func account(_ context: Context) -> AccountInfo? {
    guard let daemon = try? context.connect(.never) else { return nil }
    return try? daemon.call(Calls.account, NoParameters())
  }

  static func lines(_ account: AccountInfo?) -> [String] {
    let title = "fonana \(BuildInfo.version): messages of Fonana in your terminal."
    let all = "All commands: fonana --help"
    guard let account else {
      return [title, "To log in, type: fonana login --wallet ADDRESS", all]
    }
    let name = account.nickname ?? account.wallet ?? "somebody"
    return [
      title,
      "You are \(DisplayText.line(name, limit: 60)). Try: fonana inbox, fonana read WHO, "
        + "fonana send WHO TEXT", all,
    ]
  }
}
