import ControlProtocol
import FonanaCore
import Testing

@testable import fonana_cli

/// What the options of each command exclude.
@Suite struct OptionsTests {
  static let refused: [String] = [
    "send", "send bob hi --wait --no-wait", "send bob hi --timeout 5s", "send bob hi --stdin",
    "read --follow", "read --before m1", "read bob -n 0", "outbox retry", "outbox retry c --all",
    "outbox edit c",
    "logout --discard-outbox", "login --wallet a --keypair b", "wait", "wait --for moonrise",
    "daemon log-level loud", "completions tcsh", "notifications list -n 0", "inbox --colour",
    "status --watch --all-profiles", "watch --list --all-profiles",
    "watch --manual", "watch --ack 5", "watch --as bot --list", "watch --list --forget bot",
    "watch --as bot --ack 5 --manual",
  ]

  @Test(arguments: refused)
  func wrongUsageIsRefused(_ line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    guard case .command(let entry, let arguments) = try CommandLineSplitter.split(words) else {
      Issue.record("no command")
      return
    }
    let error = #expect(throws: FonanaError.self) { try Dispatcher.parse(entry, arguments) }
    #expect(error?.code == .invalidInput)
  }

  @Test func whatThereIsToChooseFromIsNamed() throws {
    let entry = CommandTable.Entry("daemon log-level", DaemonLogLevel.self)
    let error = #expect(throws: FonanaError.self) { try Dispatcher.parse(entry, ["foo"]) }
    let list = "trace, debug, info, notice, warning, error"
    #expect(error?.message.hasSuffix("Please provide one of \(list).") == true)
    #expect(try HelpText.find(["daemon", "log-level"]).contains("One of \(list)."))
    let help = try HelpText.find(["logs"])
    for category in LogCategory.allCases { #expect(help.contains(category.rawValue)) }
  }

  static let accepted: [String] = [
    "send bob --unless-replied hi", "send bob --cid 01234567-89ab-4cde-8f01-23456789abcd hi",
    "send bob -", "send bob --file cat.png",
    "send @bob hi there --paid 0.5 --json",
    "send bob -- --not-an-option", "read", "read bob -n 5 --follow --peek", "read bob -n5",
    "search x -n500", "read --unread --all",
    "outbox retry --all", "wait --for drained --timeout 5m", "logout --purge --discard-outbox",
    "watch --as bot --full", "watch --as bot --manual --full", "watch --as bot --ack 5",
    "inbox --all-profiles --unread", "status --all-profiles", "watch --all-profiles --as bot",
    "hooks", "hooks retry archive", "hooks skip archive --json", "watch --list",
    "watch --forget bot", "status --watch", "logs -f --category http -n 5",
    "save m -o -",
  ]

  @Test(arguments: accepted)
  func documentedUsageIsAccepted(_ line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    guard case .command(let entry, let arguments) = try CommandLineSplitter.split(words) else {
      Issue.record("no command")
      return
    }
    let command = try Dispatcher.parse(entry, arguments)
    #expect(type(of: command) == entry.type)
  }

  @Test func textAfterTheDashesIsText() throws {
    let entry = CommandTable.Entry("send", Send.self)
    let command = try Dispatcher.parse(entry, ["bob", "--", "--json", "-x"])
    let send = try #require(command as? Send)
    #expect(send.text == ["--json", "-x"])
    #expect(!send.global.json)
  }

  static let plain: [[String]] = [
    [], ["--json"], ["-v", "--json", "--no-input"], ["--profile", "work", "--no-pager"],
    ["--verbose"],
  ]

  /// The way without the argument parser must mean the same.
  @Test(arguments: plain)
  func plainOptionsMeanTheSame(_ arguments: [String]) throws {
    let command = try Dispatcher.parse(CommandTable.Entry("status", Status.self), arguments)
    #expect(Globals(scanning: arguments) == command.global.values)
  }

  @Test(
    arguments: [
      ("fonana read bo", nil), ("fonana read --profile work bo", "work"),
      ("fonana --profile=work read", "work"), ("fonana read --profile = work bo", "work"),
      ("fonana read --profile", nil),
    ] as [(String, String?)])
  func completionKnowsTheProfileOfTheLine(line: String, profile: String?) {
    let words = line.split(separator: " ").map(String.init)
    #expect(OptionWords.value(of: "--profile", in: words) == profile)
  }

  @Test(arguments: [["--watch"], ["x"], ["--profile"], ["--profile", "-v"], ["--color", "never"]])
  func otherOptionsAreForTheParser(_ arguments: [String]) {
    #expect(Globals(scanning: arguments) == nil)
  }
}
