import ControlProtocol
import FonanaCore
import FoundationEssentials
import Testing

/// docs/rpc.md shows every method with all its members; what it shows must be what we speak.
@Suite struct DocumentTests {
  static let page = DocumentPage("docs/rpc.md")

  @Test(arguments: Method.allCases)
  func everyMethodHasAnExample(_ method: Method) throws {
    #expect(try Self.page.exchange(method.rawValue) != nil)
  }

  @Test func noExampleIsOfAnUnknownMethod() throws {
    for name in Self.page.headings { #expect(Method(rawValue: name) != nil, "\(name)") }
  }

  @Test func accountExamplesHoldEveryMember() throws {
    try check(Calls.hello)
    try check(Calls.logIn)
    try check(Calls.logOut)
    try check(Calls.account)
  }

  @Test func messageExamplesHoldEveryMember() throws {
    try check(Calls.send)
    try check(Calls.listMessages)
    try check(Calls.getMessage)
    try check(Calls.search)
    try check(Calls.saveImage)
    try check(Calls.listConversations)
    try check(Calls.read)
  }

  @Test func outboxExamplesHoldEveryMember() throws {
    try check(Calls.listOutbox)
    try check(Calls.showOutbox)
    for call in [Calls.retry, Calls.cancel, Calls.skip, Calls.hold, Calls.release, Calls.edit] {
      try check(call)
    }
  }

  @Test func otherExamplesHoldEveryMember() throws {
    try check(Calls.listNotifications)
    try check(Calls.readNotifications)
    try check(Calls.notify)
    try check(Calls.status)
    try check(Calls.diagnostics)
    try check(Calls.forget)
    try check(Calls.verify)
    try check(Calls.storeStats)
    try check(Calls.storeVacuum)
    try check(Calls.backup)
    try check(Calls.doctor)
    try check(Calls.openDashboard)
    try check(Calls.bugReport)
    try check(Calls.wait)
    try check(Calls.subscribe)
    try check(Calls.acknowledge)
    try check(Calls.listConsumers)
    try check(Calls.forgetConsumer)
    try check(Calls.listHooks)
    try check(Calls.retryHook)
    try check(Calls.skipHook)
    try check(Calls.stop)
    try check(Calls.setLogLevel)
    try check(Calls.configuration)
  }

  @Test func eventExamplesHoldEveryMember() throws {
    let line = try #require(Self.page.lines.first { $0.contains(#""method":"event""#) })
    let shown = try ControlJSON.decode(JSONValue.self, from: line.utf8)
    let params = try #require(shown["params"])
    #expect(try again(WatchEvent.self, params) == params)
  }

  /// Reads the example as our types, writes it again and finds nothing missing or added.
  private func check<P: Codable, R: Codable>(_ call: Call<P, R>) throws {
    let (request, answer) = try #require(try Self.page.exchange(call.method.rawValue))
    let params = try #require(request["params"])
    let result = try #require(answer["result"])
    #expect(try again(P.self, params) == params, "\(call.method)")
    #expect(try again(R.self, result) == result, "\(call.method)")
  }

  private func again<T: Codable>(_ type: T.Type, _ shown: JSONValue) throws -> JSONValue {
    let value = try ControlJSON.decode(T.self, from: try ControlJSON.encode(shown))
    return try ControlJSON.decode(JSONValue.self, from: try ControlJSON.encode(value))
  }
}
