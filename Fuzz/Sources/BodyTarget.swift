import FonanaCore

@testable import FonanaAPI

/// Bodies of every route, in pieces: in one piece the same must come of them.
enum BodyTarget {
  private static let requests: [ServerRequest] = [
    .requestToken(wallet: "w"), .verifyToken, .listConversations,
    .createConversation(with: UserID("u")),
    .listMessages(ConversationID("c1"), limit: 2, before: nil, stopAt: nil),
    .sendMessage(ConversationID("c1"), OutgoingMessage(cid: ClientID("cid"), content: "x")),
    .lookUpUser(.nickname("bob")), .uploadImage(fileName: "x"), .listNotifications(limit: 5),
    .markNotificationsRead([]), .markAllNotificationsRead, .serverVersion,
  ]

  static func run(_ bytes: [UInt8]) {
    guard bytes.count > 2 else { return }
    let request = requests[Int(bytes[0]) % requests.count]
    let generation: ServerGeneration? = bytes[1] & 0x80 == 0 ? .a : .b
    let body = bytes[2...]
    var whole = AnswerReader(request, generation: generation)
    let verdict = whole.feed(body)
    var parted = AnswerReader(request, generation: generation)
    var rest = body
    let step = Int(bytes[1] & 0x7f) + 1
    while !rest.isEmpty {
      if case .more = parted.feed(rest.prefix(step)) {} else { break }
      rest = rest.dropFirst(step)
    }
    if case .more = verdict {
      require(rest.isEmpty && parted.skipped == whole.skipped, "pieces make a difference")
      require((parted.finish() == nil) == (whole.finish() == nil), "pieces make a difference")
    }
    _ = RouteError.read(Array(body), contentType: "application/json")
    _ = JSONCheck.isValid(JSONSlice(Array(body)))
  }
}
