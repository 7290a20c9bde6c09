import ControlProtocol
import FonanaCore
import FonanaTestSupport
import Testing

@testable import fonana_cli

@Suite struct JSONOutputTests {
  @Test func everyObjectHasItsSchema() throws {
    let text = try JSONOutput.line(Schematic(WaitResult(reached: true, state: "x")))
    #expect(text == #"{"reached":true,"schema":1,"state":"x"}"# + "\n")
  }

  @Test func errorHasAllItsMembers() throws {
    let report = ErrorReport(error: ErrorInfo(FonanaError(.refused, "No.")))
    #expect(
      try JSONOutput.line(Schematic(report))
        == #"{"error":{"code":"refused","hint":null,"message":"No.","retryable":false},"schema":1}"#
        + "\n")
  }

  static let hostile = [
    "\u{1b}[2J", "\u{7f}", "\u{9b}31m", "\u{202e}abc", "\u{200b}", "\u{2028}", "\u{e0041}",
    "\r\n\t\0",
  ]

  @Test(arguments: hostile)
  func nothingThatATerminalObeysLeaves(_ text: String) throws {
    let line = try JSONOutput.line(Schematic(WaitResult(reached: false, state: text)))
    for scalar in line.dropLast().unicodeScalars {
      #expect(scalar.value >= 0x20 && scalar.value != 0x7f && !DisplayText.isHidden(scalar))
    }
    let value = try ControlJSON.decode(WaitResult.self, from: line.utf8)
    #expect(value.state == text)
  }

  @Test(arguments: TerminalAttack.all)
  func anAttackIsEscapedAndKept(_ attack: TerminalAttack) throws {
    let line = try JSONOutput.line(Schematic(WaitResult(reached: false, state: attack.text)))
    #expect(!ShownText.acts(line))
    #expect(try ControlJSON.decode(WaitResult.self, from: line.utf8).state == attack.text)
  }

  @Test func ordinaryLettersStayAsTheyAre() throws {
    let line = try JSONOutput.line(Schematic(WaitResult(reached: true, state: "Grüße 日本 👍🏽")))
    #expect(line.contains("Grüße 日本 👍🏽"))
  }
}
