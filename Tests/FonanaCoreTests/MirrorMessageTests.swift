import FonanaCore
import Testing

/// Precedence of text: pulled or typed here > list > notification > null.
struct MirrorMessageTests {
  private let me = UserID("me")

  @Test func aKnownTextIsNeverReplacedByNull() {
    let known = row(pulled("secret", isPaid: true))
    let merged = MirrorMessage(pulled: pulled(nil, isPaid: true), me: me, known: known)
    #expect(merged.content == "secret")
    #expect(merged.textSource == .pulled)
  }

  @Test func aPulledTextReplacesEveryOther() {
    let known = row(pulled("old"))
    #expect(MirrorMessage(pulled: pulled("new"), me: me, known: known).content == "new")
    let island = MirrorMessage(listed: listed("cut"), in: ConversationID("c"), me: me)
    #expect(MirrorMessage(pulled: pulled("whole"), me: me, known: island).content == "whole")
  }

  @Test func aListBettersANotificationButNotTheOtherWay() {
    let preview = MirrorMessage(
      preview: MessagePreview(
        conversationID: ConversationID("c"), messageID: MessageID("m"), senderID: UserID("u"),
        senderName: nil, text: "first 50"), at: Timestamp(milliseconds: 9), me: me)
    let island = MirrorMessage(listed: listed("all of it"), in: ConversationID("c"), me: me)
    #expect(preview.bettered(by: island)?.content == "all of it")
    #expect(preview.bettered(by: island)?.createdAt == Timestamp(milliseconds: 5))
    #expect(island.bettered(by: preview) == nil)
  }

  @Test func aCompleteRowIsNotTouchedByIslands() {
    let island = MirrorMessage(listed: listed("other"), in: ConversationID("c"), me: me)
    #expect(row(pulled("text")).bettered(by: island) == nil)
  }

  @Test func aPaidPlaceholderIsNoText() {
    var message = listed("💰 Paid message")
    message.isPaid = true
    let island = MirrorMessage(listed: message, in: ConversationID("c"), me: me)
    #expect(island.content == nil)
    #expect(island.textSource == .none)
  }

  @Test func theAddressOfLockedMediaIsNotKept() {
    var message = pulled(nil, isPaid: true)
    message.mediaURL = "/messages/a.png"
    #expect(MirrorMessage(pulled: message, me: me, known: nil).mediaURL == nil)
    message.isPurchased = true
    #expect(MirrorMessage(pulled: message, me: me, known: nil).mediaURL == "/messages/a.png")
  }

  @Test func aDamagedAnswerTakesNothingAwayFromACompleteRow() {
    var message = pulled("x")
    message.metadata = JSONText(#"{"a":1}"#)
    let known = row(message)
    var damaged = pulled(nil)
    damaged.isDamaged = true
    #expect(MirrorMessage(pulled: damaged, me: me, known: known) == known)
    #expect(!row(damaged).isComplete)
  }

  @Test func onlyOwnMessagesHaveACid() {
    var message = pulled("x")
    message.cid = ClientID("copied")
    #expect(MirrorMessage(pulled: message, me: me, known: nil).cid == nil)
    message.senderID = me
    #expect(MirrorMessage(pulled: message, me: me, known: nil).cid == ClientID("copied"))
  }

  @Test func whatTheOtherHasReadStaysRead() {
    var own = pulled("x")
    own.senderID = me
    var known = row(own)
    known.isRead = true
    #expect(MirrorMessage(pulled: own, me: me, known: known).isRead)
  }

  /// Our own pull ticks it at the server: what a second page says of it is our own doing.
  @Test(arguments: [(true, false), (false, true)])
  func aMessageOfAnotherIsUnreadWhenAnyPageSaidSo(first: Bool, second: Bool) {
    var page = pulled("x")
    page.isRead = first
    let known = row(page)
    page.isRead = second
    #expect(!MirrorMessage(pulled: page, me: me, known: known).isRead)
  }

  private func row(_ message: ServerMessage) -> MirrorMessage {
    MirrorMessage(pulled: message, me: me, known: nil)
  }

  private func pulled(_ content: String?, isPaid: Bool = false) -> ServerMessage {
    ServerMessage(
      id: MessageID("m"), conversationID: ConversationID("c"), senderID: UserID("u"),
      content: content, isPaid: isPaid, createdAt: Timestamp(milliseconds: 5))
  }

  private func listed(_ content: String?) -> ListedMessage {
    ListedMessage(
      id: MessageID("m"), content: content, senderID: UserID("u"),
      createdAt: Timestamp(milliseconds: 5))
  }
}
