import ControlProtocol
import FonanaCore
import Testing

@testable import fonana_cli

/// What the shell completes.
@Suite struct NamesTests {
  private func person(_ nickname: String?, id: String = "c1") -> ConversationInfo {
    ConversationInfo(
      id: ConversationID(id), participant: ParticipantInfo(id: UserID("u"), nickname: nickname),
      unread: 0)
  }

  /// The shell would carry out what a name says.
  @Test(arguments: [
    "$(touch x)", "`touch x`", "a;b", "a b", "a'b", "a\"b", "a|b", "a&b", "a\nb", "~a", "a*", "",
  ])
  func aNameThatMeansSomethingToAShellIsNotOffered(_ name: String) {
    #expect(Names.offered([person(name), person("bob.b_b-2")]) == ["bob.b_b-2"])
    #expect(Names.offered([person(nil, id: name), person(nil)]) == ["c1"])
  }
}
