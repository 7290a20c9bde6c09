import ControlProtocol
import FonanaCore
import Testing

/// The exact texts that go over the socket.
@Suite struct GoldenTextTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func unknownIsWrittenAsNull() throws {
    let result = SendResult(
      cid: ClientID("c1"), state: .queued, to: "@a/b",
      queuedAt: Timestamp(milliseconds: 1_764_000_000_007))
    #expect(
      text(try ControlJSON.encode(result))
        == #"{"cid":"c1","conversationId":null,"messageId":null,"next":null,"#
        + #""queuedAt":"2025-11-24T16:00:00.007Z","reason":null,"sentAt":null,"state":"queued","#
        + #""to":"@a/b"}"#)
  }

  @Test func requestIsOneLine() throws {
    let line = try RPC.request(
      Calls.setLogLevel, id: .number(3), LogLevelRequest(level: "de\nbug"))
    #expect(
      text(line)
        == #"{"id":3,"jsonrpc":"2.0","method":"daemon.logLevel","params":{"level":"de\nbug"}}"#
        + "\n")
  }

  @Test func answerHasTheIDOfItsRequest() throws {
    #expect(
      text(try RPC.answer(WaitResult(reached: true, state: "drained"), to: .text("x")))
        == #"{"id":"x","jsonrpc":"2.0","result":{"reached":true,"state":"drained"}}"# + "\n")
  }

  @Test func errorCarriesOurCodeAndHint() {
    let error = FonanaError(.notFound, "No such message.")
    #expect(
      text(RPC.answer(RPCFailure(error, id: .number(9))))
        == #"{"error":{"code":-32000,"data":{"code":"not_found","hint":null,"#
        + #""message":"No such message.","retryable":false},"message":"No such message."},"#
        + #""id":9,"jsonrpc":"2.0"}"# + "\n")
  }

  @Test func eventDataGoesByItsName() throws {
    let event = WatchEvent(
      cursor: 5, at: Timestamp(milliseconds: 0), event: EventName(.connectionChanged),
      data: .connection(ConnectionChange(state: .offline)))
    let bytes = try ControlJSON.encode(event)
    #expect(
      text(bytes)
        == #"{"at":"1970-01-01T00:00:00.000Z","cursor":5,"data":{"error":null,"state":"offline"},"#
        + #""event":"connection.changed","replayed":false}"#)
    #expect(try ControlJSON.decode(WatchEvent.self, from: bytes) == event)
  }

  @Test func eventOfANewerDaemonIsKept() throws {
    let line =
      #"{"cursor":1,"at":"1970-01-01T00:00:00.000Z","event":"moon.full","#
      + #""replayed":false,"data":{"n":1}}"#
    let event = try ControlJSON.decode(WatchEvent.self, from: line.utf8)
    #expect(event.data == .other(["n": 1]))
    #expect(event.event.rawValue == "moon.full")
  }

  @Test func newerMembersAreIgnoredAndAbsentOnesAreNull() throws {
    let request = try ControlJSON.decode(
      NotificationReadRequest.self, from: #"{"mood":"good"}"#.utf8)
    #expect(request.ids == nil)
  }
}
