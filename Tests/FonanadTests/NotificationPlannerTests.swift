import FonanaCore
import Testing

@testable import fonanad

@Suite struct NotificationPlannerTests {
  private func message(_ text: String?, _ conversation: String = "c1", isPaid: Bool = false)
    -> IncomingMessage
  {
    IncomingMessage(
      conversationID: ConversationID(conversation), sender: "alice", text: text, isPaid: isPaid)
  }

  private func popUp(_ title: String, _ body: String) -> DesktopNotification {
    DesktopNotification(title: title, body: body, conversationID: ConversationID("c1"))
  }

  private func planner(_ change: (inout NotificationPolicy) -> Void = { _ in })
    -> NotificationPlanner
  {
    var policy = NotificationPolicy()
    change(&policy)
    return NotificationPlanner(policy: policy)
  }

  @Test func aMessagePopsUpAfterASecond() {
    var planner = planner()
    planner.messageArrived(message("hello"), at: .seconds(10), minuteOfDay: 600)
    #expect(planner.due(at: .milliseconds(10_900)).isEmpty)
    #expect(planner.nextDeadline == .seconds(11))
    #expect(planner.due(at: .seconds(11)) == [popUp("alice", "hello")])
    #expect(planner.nextDeadline == nil)
  }

  @Test func messagesOfAConversationAreOnePopUp() {
    var planner = planner()
    for text in ["one", "two", "three"] {
      planner.messageArrived(message(text), at: .seconds(10), minuteOfDay: 0)
    }
    #expect(
      planner.due(at: .seconds(11))
        == [popUp("alice (3 new messages)", "three")])
  }

  @Test func aConversationRestsTwoSecondsAfterAPopUp() {
    var planner = planner()
    planner.messageArrived(message("one"), at: .seconds(10), minuteOfDay: 0)
    _ = planner.due(at: .seconds(11))
    planner.messageArrived(message("two"), at: .milliseconds(11_100), minuteOfDay: 0)
    #expect(planner.nextDeadline == .seconds(13))
  }

  @Test func atMostThreePopUpsForABurst() {
    var planner = planner()
    for number in 0..<200 {
      planner.messageArrived(message("x", "c\(number)"), at: .seconds(10), minuteOfDay: 0)
    }
    let shown = planner.due(at: .seconds(11))
    #expect(shown.map(\.title) == ["alice", "alice", "198 new messages"])
    #expect(planner.nextDeadline == nil)
    planner.messageArrived(message("later", "c1"), at: .seconds(14), minuteOfDay: 0)
    #expect(planner.due(at: .seconds(15)).isEmpty)
    #expect(planner.nextDeadline == .seconds(21))
    #expect(planner.due(at: .seconds(21)).map(\.body) == ["later"])
  }

  @Test func atMostTwentyPopUpInAMinute() {
    var planner = planner()
    var shown: [Duration] = []
    for number in 0..<1000 {
      let now = Duration.milliseconds(number * 60)
      planner.messageArrived(message("x", "c\(number)"), at: now, minuteOfDay: 0)
      shown += planner.due(at: now).map { _ in now }
    }
    #expect(shown.count <= 20 && shown.count >= 10)
    #expect(planner.nextDeadline != nil)
  }

  @Test func whatWasReadElsewhereDoesNotPopUp() {
    var planner = planner()
    planner.messageArrived(message("x"), at: .seconds(10), minuteOfDay: 0)
    planner.wasRead(ConversationID("c1"))
    #expect(planner.nextDeadline == nil)
  }

  @Test(arguments: [
    ("<b>&\"", "<b>&\""), ("a\u{202e}b", "a<U+202E>b"), ("one\ntwo", "one↵two"),
    (String(repeating: "x", count: 300), String(repeating: "x", count: 256) + "…"),
  ])
  func theBodyIsMadeSafeAndCut(text: String, body: String) {
    var planner = planner()
    planner.messageArrived(message(text), at: .zero, minuteOfDay: 0)
    #expect(planner.due(at: .seconds(1)).first?.body == body)
  }

  @Test func hiddenContentIsNotShown() {
    var planner = planner { $0.showsContent = false }
    planner.messageArrived(message("secret"), at: .zero, minuteOfDay: 0)
    #expect(
      planner.due(at: .seconds(1)) == [popUp("alice", "New message")])
  }

  @Test func whatIsNotBoughtIsNamedNotShown() {
    var planner = planner()
    planner.messageArrived(message(nil, isPaid: true), at: .zero, minuteOfDay: 0)
    #expect(planner.due(at: .seconds(1)).first?.body == "Paid message")
  }

  @Test(arguments: [(1350, true), (30, true), (480, false), (1319, false)])
  func quietHoursGoOverMidnight(minute: Int, isQuiet: Bool) {
    var planner = planner { $0.quietHours = QuietHours("22:00-08:00") }
    planner.messageArrived(message("x"), at: .zero, minuteOfDay: minute)
    #expect(planner.due(at: .seconds(1)).isEmpty == isQuiet)
  }

  @Test func mutedAndDisabledStayQuiet() {
    var muted = planner { $0.muted = ["alice"] }
    muted.messageArrived(message("x"), at: .zero, minuteOfDay: 0)
    var off = planner { $0.isEnabled = false }
    off.messageArrived(message("x"), at: .zero, minuteOfDay: 0)
    #expect(muted.nextDeadline == nil && off.nextDeadline == nil)
  }

  @Test func whatWasMissedIsOnePopUpForAll() {
    var planner = planner { $0.muted = ["mallory"] }
    for (name, count) in [("alice", 3), ("bob", 1), ("mallory", 9)] {
      planner.missed(count, from: name, at: .seconds(10), minuteOfDay: 600)
    }
    #expect(planner.nextDeadline == .seconds(11))
    #expect(
      planner.due(at: .seconds(11))
        == [
          DesktopNotification(
            title: "4 new messages", body: "alice (3), bob (1)", urgency: .low)
        ])
    #expect(planner.nextDeadline == nil)
  }

  @Test func whatIsOlderThanTheDaemonCallsNobodyOneByOne() {
    var planner = NotificationPlanner(
      policy: NotificationPolicy(), startedAt: Timestamp(milliseconds: 5_000))
    for number in 1...7 {
      var old = message("old", "c\(number)")
      old.sender = "friend \(number)"
      old.sentAt = Timestamp(milliseconds: 4_999)
      planner.messageArrived(old, at: .zero, minuteOfDay: 600)
    }
    var new = message("new")
    new.sentAt = Timestamp(milliseconds: 5_000)
    planner.messageArrived(new, at: .zero, minuteOfDay: 600)
    let shown = planner.due(at: .seconds(1))
    #expect(shown.map(\.title) == ["7 new messages", "alice"])
    #expect(shown.first?.body.hasSuffix("friend 5 (1) and 2 more") == true)
  }

  @Test func offersForMoneyDoNotInterrupt() {
    var planner = planner()
    planner.messageArrived(message(nil, isPaid: true), at: .zero, minuteOfDay: 0)
    #expect(planner.due(at: .seconds(1)).map(\.urgency) == [.low])
    var tip = message(nil)
    tip.isTip = true
    planner.messageArrived(tip, at: .seconds(20), minuteOfDay: 0)
    let shown = planner.due(at: .seconds(21))
    #expect(shown.map(\.urgency) == [.normal] && shown.map(\.body) == ["Tip"])
  }

  @Test(arguments: ["--help", "$(id)", "-i /etc/passwd"])
  func textsAreArgumentsBehindTheOptions(text: String) {
    let arguments = NotifySend.arguments(
      DesktopNotification(title: text, body: text), NotifySend.Abilities())
    #expect(arguments == ["--app-name=fonana", "--urgency=normal", "--", text, text])
  }

  @Test func textIsEscapedForWhoReadsMarkup() {
    let popUp = DesktopNotification(title: "a", body: "<3 & ]]>")
    let service = "   array [ actions body body-markup ]"
    let marked = NotifySend.abilities(ofService: service, ofProgram: "-r, --replace-id=ID")
    #expect(
      NotifySend.arguments(popUp, marked, inPlaceOf: 7).suffix(5)
        == ["--print-id", "--replace-id=7", "--", "a", "&lt;3 &amp; ]]&gt;"])
    let plain = NotifySend.abilities(ofService: "   array [ body ]", ofProgram: nil)
    #expect(NotifySend.arguments(popUp, plain, inPlaceOf: 7).suffix(3) == ["--", "a", "<3 & ]]>"])
    #expect(NotifySend.abilities(ofService: nil, ofProgram: nil).readsMarkup)
  }

  @Test func choicesAreOfferedWhereBothSidesHaveThem() {
    let help = "-r, --replace-id=ID -A, --action=[NAME=]Text..."
    let service = "   array [ actions body ]"
    var popUp = DesktopNotification(title: "a", body: "b", conversationID: ConversationID("c"))
    func options(_ service: String, _ help: String, canReply: Bool) -> [String] {
      let able = NotifySend.abilities(ofService: service, ofProgram: help, canReply: canReply)
      return NotifySend.arguments(popUp, able).filter { $0.hasPrefix("--action") }
    }
    let both = ["--action=reply=Reply", "--action=read=Mark read"]
    #expect(options(service, help, canReply: true) == both)
    #expect(options(service, help, canReply: false) == [both[1]])
    #expect(options("array [ action-icons body ]", help, canReply: true).isEmpty)
    #expect(options(service, "--replace-id", canReply: true).isEmpty)
    popUp.conversationID = nil
    #expect(options(service, help, canReply: true).isEmpty, "a summary is of no conversation")
  }
}
