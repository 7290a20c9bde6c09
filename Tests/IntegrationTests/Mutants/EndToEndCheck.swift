import FonanaServer
import Testing

/// What a person sees when the daemon keeps a rule, and a mutant that breaks it.
enum EndToEndCheck: String, CaseIterable, Sendable {
  case anErrorAfterTheCommitIsLookedUp, nothingPassesAParkedMessage, theWholeHistoryIsFetched,
    aMessageInDoubtIsLookedFor, noRedirectIsFollowed

  var mutant: String {
    switch self {
    case .anErrorAfterTheCommitIsLookedUp: "resend-on-500"
    case .nothingPassesAParkedMessage: "skip-past-parked"
    case .theWholeHistoryIsFetched: "no-gap-row"
    case .aMessageInDoubtIsLookedFor: "no-reconcile"
    case .noRedirectIsFollowed: "follow-redirects"
    }
  }

  /// What is wrong with what the daemon does; nil: nothing.
  func finding(in scene: Scene) async throws -> String? {
    switch self {
    case .anErrorAfterTheCommitIsLookedUp, .aMessageInDoubtIsLookedFor:
      try await scene.findingBehindUnread()
    case .nothingPassesAParkedMessage: try await scene.findingBehindParked()
    case .theWholeHistoryIsFetched: try await scene.findingOfHistory()
    case .noRedirectIsFollowed: try await scene.findingOfRedirects()
    }
  }
}

extension Scene {
  fileprivate func findingAfterSpoiltSend(_ action: FaultAction) async throws -> String? {
    server.faults.add(
      Fault(
        "POST /api/conversations/:id/messages", action, when: .afterCommit,
        conversationID: conversation))
    // The list does not show the text of a paid one: nothing but a look can settle it.
    _ = try await desk.fonana("send", "@bob", "one", "--paid", "0.5", "--no-wait")
    try await desk.waitUntil("drained")
    return textsFromAlice == ["one"] ? nil : "the server has \(textsFromAlice)"
  }

  fileprivate func findingBehindParked() async throws -> String? {
    let carol = makePartner("carol")
    server.faults.add(
      Fault(
        "POST /api/conversations/:id/messages", .respond(.json(403, "Access denied")),
        conversationID: conversation))
    _ = try await desk.fonana("send", "@bob", "one")
    _ = try await desk.fonana("send", "@bob", "two", "--no-wait")
    for text in ["a", "b", "c"] {  // later ones that wait for nobody
      _ = try await desk.fonana("send", "@carol", text)
    }
    try await world.wait { state in
      state.messages(in: carol.conversation).count { $0.senderID == alice.id } == 3
    }
    return textsFromAlice.isEmpty ? nil : "the server has \(textsFromAlice), without “one”"
  }

  fileprivate func findingOfHistory() async throws -> String? {
    let last = world.messages(in: conversation).last?.createdAt ?? 0
    let bob = bob.id
    // Without notifications, which would bring them too.
    world.fill(conversation, count: 250) { (bob, MessageDraft("\($0)"), last + Int64($0) + 1) }
    // The first of them may have been made before.
    let lists = world.lists
    try await world.wait { $0.counters.requests["GET /api/conversations", default: 0] > lists + 1 }
    try await desk.waitUntil("synced")
    let read = try await desk.json(ReadDocument.self, "read", "@bob", "-n", "400")
    return read.messages.count == 251 ? nil : "\(read.messages.count) of 251 messages"
  }

  /// With an unread message there nothing but the look itself fetches the conversation.
  fileprivate func findingBehindUnread() async throws -> String? {
    bobWrites("unread")
    while try await desk.json(InboxDocument.self, "inbox").unread == 0 {}
    return try await findingAfterSpoiltSend(.respond(.json(500, "Failed to send message")))
  }

  fileprivate func findingOfRedirects() async throws -> String? {
    let other = try BlackHole()
    server.faults.add(
      Fault(
        "POST /api/conversations/:id/messages",
        .respond(.redirect(302, to: "http://127.0.0.1:\(other.port)/x"))))
    _ = try await desk.fonana("send", "@bob", "one", "--no-wait")
    try await desk.waitUntil("drained")
    return other.hasBeenLeftAlone ? nil : "another host was asked"
  }
}
