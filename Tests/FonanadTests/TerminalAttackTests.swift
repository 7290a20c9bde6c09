import ControlProtocol
import FonanaCore
import FonanaTestSupport
import Testing

@testable import fonanad

/// The golden file of attacks, on its way to a pop-up and to the page.
@Suite struct TerminalAttackTests {
  @Test(arguments: TerminalAttack.all)
  func aPopUpShowsAnAttackAsTheGoldenFileSays(_ attack: TerminalAttack) throws {
    var planner = NotificationPlanner(policy: NotificationPolicy())
    let message = IncomingMessage(
      conversationID: ConversationID("c1"), sender: attack.text, text: attack.text)
    planner.messageArrived(message, at: .zero, minuteOfDay: 600)
    let popUp = try #require(planner.due(at: .seconds(1)).first)
    #expect(popUp.body == attack.line)
    #expect(!ShownText.acts(popUp.title) && popUp.title.hasPrefix(attack.line.prefix(20)))
  }

  @Test(arguments: TerminalAttack.all)
  func thePageGetsAnAttackAsTheGoldenFileSays(_ attack: TerminalAttack) throws {
    let bytes = try PageJSON.encode(["message": attack.text])
    let shown = try ControlJSON.decode([String: String].self, from: bytes)
    #expect(shown == ["message": attack.line])
  }
}
