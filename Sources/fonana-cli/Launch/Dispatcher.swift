import ArgumentParser
import ControlProtocol
import FonanaCore

/// Runs the command that the arguments name.
struct Dispatcher {
  let arguments: [String]
  let environment: [String: String]

  /// Global options count before `--` only.
  private var options: ArraySlice<String> { arguments.prefix { $0 != "--" } }

  func run() -> ExitStatus {
    if arguments.first == "---completion" { Fonana.main(arguments) }
    do throws(FonanaError) {
      if options.contains("--version") { return try showVersion() }
      if let start = quickCommand?.quickly(Array(arguments.dropFirst())) {
        return try start.execute(try Context(start.global, environment: environment))
      }
      return try dispatch()
    } catch {
      return refuse(error)
    }
  }

  func refuse(_ error: FonanaError) -> ExitStatus {
    Output(arguments: options, environment: environment).show(error)
  }

  /// The short way of the commands that are typed most: neither the table nor the parser is needed.
  private var quickCommand: (any QuickCommand.Type)? {
    switch arguments.first {
    case "status": Status.self
    case "inbox": Inbox.self
    case "whoami": Whoami.self
    case "outbox": OutboxList.self
    case "read": Read.self
    case "search": Search.self
    case "send": Send.self
    default: nil
    }
  }

  private func dispatch() throws(FonanaError) -> ExitStatus {
    if options.first == "help" || options.contains("--help") || options.contains("-h") {
      return try showHelp()
    }
    switch try CommandLineSplitter.split(arguments) {
    case .nothing: return try Welcome.run(arguments, environment)
    case .noun(let noun):
      throw FonanaError(
        .invalidInput, "“fonana \(noun)” needs another word.",
        hint: "One of: \(CommandTable.commands(of: noun).joined(separator: ", ")).")
    case .command(let entry, let arguments): return try run(entry, arguments)
    }
  }

  private func run(
    _ entry: CommandTable.Entry, _ arguments: [String]
  ) throws(FonanaError) -> ExitStatus {
    let command = try Self.parse(entry, arguments)
    return try command.execute(try Context(command.global.values, environment: environment))
  }

  static func parse(
    _ entry: CommandTable.Entry, _ arguments: [String]
  ) throws(FonanaError) -> any FonanaCommand {
    do {
      guard let command = try entry.type.parseAsRoot(arguments) as? any FonanaCommand else {
        // Among signs behind one dash there is an “h”.
        throw FonanaError(
          .invalidInput, "A text that begins with “-” was taken for options.",
          hint: "Put “--” before it.")
      }
      return command
    } catch let error as FonanaError {
      throw error
    } catch {
      throw FonanaError(
        .invalidInput, UsageText.sentence(entry.type.message(for: error)),
        hint: "Type “fonana \(entry.words.joined(separator: " ")) --help”.")
    }
  }

  private func showVersion() throws(FonanaError) -> ExitStatus {
    let text = "fonana \(BuildInfo.version) (\(BuildInfo.commit))"
    return try show(
      Done(text, ProgramVersion(version: BuildInfo.version, commit: BuildInfo.commit)))
  }

  private func showHelp() throws(FonanaError) -> ExitStatus {
    let words = arguments.filter { !["help", "--help", "-h", "--json"].contains($0) }
    let text = try HelpText.find(words)
    return try show(Done(text, HelpPage(help: text)))
  }

  private func show(_ value: some Renderable) throws(FonanaError) -> ExitStatus {
    try Output(arguments: options, environment: environment).render(value)
    return .done
  }
}

private struct ProgramVersion: Encodable {
  let version: String
  let commit: String
}

struct HelpPage: Encodable {
  let help: String
}
