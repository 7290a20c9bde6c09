import FonanaCore
import Testing

@testable import FonanaAPI

struct MessageReadingTests {
  @Test func deepMetadataDamagesOneMessageOnly() throws {
    let deep =
      String(repeating: #"{"a":"#, count: 100_000) + "1" + String(repeating: "}", count: 100_000)
    let page = try read([message("m2", metadata: deep), message("m1", metadata: #"{"k":1}"#)])
    try #require(page.messages.map(\.isDamaged) == [true, false])
    #expect(page.messages[0].content == "text m2")
    #expect(page.messages[0].metadata == nil)
    #expect(page.messages[1].metadata == JSONText(#"{"k":1}"#))
  }

  @Test func aFieldThatIsNotUnderstoodDamagesItsMessage() throws {
    let odd = message("m1", metadata: "null").replacing(#""isPaid":false"#, with: #""isPaid":7"#)
    let page = try read([odd])
    #expect(page.messages.map(\.isDamaged) == [true])
    #expect(page.messages.map(\.id) == [MessageID("m1")])
  }

  @Test func withoutIdOrDateItIsLeftOut() throws {
    let page = try read([#"{"id":"x"}"#, "7", message("m1", metadata: "null")])
    #expect(page.messages.map(\.id) == [MessageID("m1")])
  }

  @Test(arguments: [
    (#"{"fonana":{"cid":"c-1","v":1}}"#, "c-1"), (#"{"fonana":{"cid":7}}"#, nil),
    (#"{"fonana":"cid"}"#, nil), (#"[1]"#, nil),
  ])
  func onlyATextIsACid(_ metadata: String, _ cid: String?) throws {
    let page = try read([message("m1", metadata: metadata)])
    #expect(page.messages[0].cid?.rawValue == cid)
    #expect(page.messages[0].metadata?.text == metadata)
  }

  @Test func anOddHasMoreIsNoPage() {
    var reader = AnswerReader(samplePage)
    _ = reader.feed(Array(#"{"messages":[],"hasMore":"yes"}"#.utf8))
    #expect(reader.finish() == nil)
  }

  @Test func aWholeHistoryIsCutShortAfterTheOverlap() throws {
    // A message a second, newest first; the first 10 are new.
    let all = (0..<500).map { message("m\($0)", at: 1_000_000 - $0 * 1000, metadata: "null") }
    let known = MessagePosition(
      createdAt: Timestamp(milliseconds: 990_000), id: MessageID("m10"))
    var reader = PageReader(ConversationID("c"), limit: 5, stopAt: known)
    let json = #"{"messages":[\#(all.joined(separator: ","))]}"#
    var fed = 0
    for byte in json.utf8 where !reader.isCutShort {
      reader.feed(CollectionOfOne(byte))
      fed += 1
    }
    let page = try #require(reader.finish())
    #expect(page.isCutShort && page.hasMore == nil)
    #expect(page.messages.count == 60)
    #expect(fed < json.utf8.count / 4)
  }

  @Test func aPageIsNeverCutShort() throws {
    let all = (0..<100).map { message("m\($0)", at: 1_000_000 - $0 * 10_000, metadata: "null") }
    var reader = PageReader(
      ConversationID("c"), limit: 100,
      stopAt: MessagePosition(createdAt: Timestamp(milliseconds: 1_000_000), id: MessageID("m0")))
    reader.feed(Array(#"{"messages":[\#(all.joined(separator: ","))],"hasMore":true}"#.utf8))
    let page = try #require(reader.finish())
    #expect(!page.isCutShort && page.messages.count == 100 && page.hasMore == true)
  }

  @Test func anElementBeyondItsLimitIsLeftOutAndTheRestIsRead() throws {
    let huge = message(
      "big", metadata: "\"\(String(repeating: "x", count: JSONArrayStream.elementLimit))\"")
    var reader = AnswerReader(samplePage)
    _ = reader.feed(
      Array(#"{"messages":[\#(huge),\#(message("m1", metadata: "null"))],"hasMore":false}"#.utf8))
    #expect(reader.skipped == 1)
    guard case .page(let page) = reader.finish() else {
      Issue.record("no page")
      return
    }
    #expect(page.messages.map(\.id) == [MessageID("m1")])
    #expect(page.unreadable == [0])
  }

  @Test func ownMetadataIsMergedWithOurMark() {
    func body(_ metadata: String?) -> String {
      OutgoingMessage(
        cid: ClientID("c-1"), content: "a\"b", price: 0.5, metadata: metadata.map(JSONText.init)
      ).wireBody
    }
    let mark = #""fonana":{"cid":"c-1","v":1}}}"#
    #expect(body(nil) == #"{"content":"a\"b","isPaid":true,"price":0.5,"metadata":{"# + mark)
    #expect(body(#"{"k":[1],"fonana":{"cid":"x"}}"#).hasSuffix(#""metadata":{"k":[1],"# + mark))
    #expect(body("nonsense").hasSuffix(#""metadata":{"# + mark))
  }

  @Test(arguments: [
    (#""u: Sent a media""#, nil, false), (#""u sent you a paid message (0.5 SOL)""#, nil, true),
    (#""u: hello: you""#, "hello: you", false), (#""other: hello""#, "other: hello", false),
    (#""u: cut \ud83d""#, "cut ", false),
  ])
  func previewsHoldTheTextOnly(_ message: String, _ text: String?, _ isPaid: Bool) throws {
    let json =
      #"{"id":"n","type":"NEW_MESSAGE","title":"t","message":\#(message),"isRead":false,"#
      + #""createdAt":"2026-11-24T13:49:48.563Z","metadata":{"conversationId":"c","messageId":"m","#
      + #""senderId":"u1","senderName":"u"}}"#
    let row = try #require(JSONSlice(json.utf8).object.flatMap(PlatformNotification.init(wire:)))
    #expect(row.preview?.text == text)
    #expect(row.preview?.isPaid == isPaid)
  }

  private func read(_ elements: [String]) throws -> MessagePage {
    var reader = PageReader(ConversationID("c"), limit: 100, stopAt: nil)
    reader.feed(Array(#"{"messages":[\#(elements.joined(separator: ","))],"hasMore":false}"#.utf8))
    return try #require(reader.finish())
  }

  private func message(_ id: String, at: Int = 1_000_000, metadata: String) -> String {
    let date = Timestamp(milliseconds: Int64(at)).description
    return #"{"id":"\#(id)","conversationId":"c","senderId":"u","content":"text \#(id)","#
      + #""mediaUrl":null,"isPaid":false,"price":null,"isRead":true,"createdAt":"\#(date)","#
      + #""metadata":\#(metadata),"isPurchased":false}"#
  }
}
