import FonanaCore

/// Finding out where an item goes, and bringing its image to the server.
extension EngineCore {
  mutating func resolveAnswered(_ answer: ServerAnswer, _ cid: ClientID) {
    guard let item = finish(.resolving, of: cid) else { return }
    switch answer {
    case .success(.user(let profile), _):
      resolve(item, to: profile.id, with: [.noteUser(profile)])
      resolveNamesakes(of: profile.names + [item.recipient.text], to: profile.id)
    case .failure(let failure) where failure.status == 404:
      park(item, Self.nobody(item), outcome: "rejected")
    case .failure(let failure) where failure.status == 400 && failure.routeError != nil:
      park(item, Self.nobody(item), outcome: "rejected")
    case .success, .failure: retryLater(cid)
    }
    advanceOutbox()
  }

  private mutating func resolve(_ item: OutboxItem, to user: UserID, with further: [StoreAct] = [])
  {
    var resolved = item
    resolved.recipient.userID = user
    resolved.recipient.conversationID = book.conversation(with: user)
    resolved.state = .queued
    turn.log(.info, .itemResolved, "\(item.cid)")
    replace(resolved, outcome: "resolved", with: further)
  }

  /// Whom one message found, the others to a name of the same person have found too: else a later
  /// one that knows its recipient from the start would pass them.
  mutating func resolveNamesakes(of names: [String], to user: UserID) {
    let namesakes = outbox.items.values.filter {
      $0.state == .unresolved && names.contains($0.recipient.text)
    }
    for item in namesakes.sorted(by: { $0.sequence < $1.sequence })
    where outbox.activity[item.cid] != .cancelling {
      outbox.activity[item.cid] = nil  // an answer that is still to come is ignored
      resolve(item, to: user)
    }
  }

  /// A cancel that failed kept `item` from being resolved with its namesakes.
  mutating func followNamesakes(_ item: OutboxItem) {
    guard item.state == .unresolved else { return }
    let found = outbox.items.values.filter { $0.recipient.text == item.recipient.text }
      .compactMap(\.recipient.userID).min { $0.rawValue < $1.rawValue }
    if let found { resolve(item, to: found) }
  }

  private static func nobody(_ item: OutboxItem) -> FonanaError {
    FonanaError(
      .notFound, "Nobody is called “\(DisplayText.line(item.recipient.text, limit: 60))”.",
      hint: "“fonana outbox cancel \(item.cid)” drops the message.")
  }

  mutating func openConversationAnswered(_ answer: ServerAnswer, _ cid: ClientID) {
    guard let item = finish(.openingConversation, of: cid), let user = item.recipient.userID else {
      return
    }
    switch answer {
    case .success(.conversation(let id, let participants), _):
      let other = participants.first { $0.id == user } ?? UserProfile(id: user)
      var addressed = item
      addressed.recipient.conversationID = id
      if book[id] == nil {
        book[id] = ConversationBook.Entry(state: ConversationState(id: id, participantID: user))
      }
      replace(addressed, outcome: "addressed", with: [.noteConversation(id, with: other)])
    case .failure(let failure) where isFinal(failure):
      park(item, Self.nobody(item), outcome: "rejected")
    case .success, .failure: retryLater(cid)
    }
    advanceOutbox()
  }

  mutating func uploadAnswered(_ answer: ServerAnswer, _ cid: ClientID) {
    guard let item = finish(.uploading, of: cid) else { return }
    switch answer {
    case .success(.uploaded(let url), _):
      var uploaded = item
      uploaded.image?.uploadedURL = url
      replace(uploaded, outcome: "uploaded")
    case .failure(let failure) where isFinal(failure) || failure.status == 413:
      park(
        item,
        FonanaError(
          .invalidInput, "The server does not take the image (\(failure.status ?? 0)).",
          hint: "“fonana outbox cancel \(cid)” drops the message."), outcome: "rejected")
    case .success, .failure: retryLater(cid)
    }
    advanceOutbox()
  }

  /// Trying it again would bring the same answer.
  private func isFinal(_ failure: ServerFailure) -> Bool {
    guard let status = failure.status, failure.routeError != nil else { return false }
    return [400, 403, 404, 422].contains(status)
  }

  /// nil: the item is gone, or this answer is of an older try.
  mutating func finish(_ activity: Outbox.Activity, of cid: ClientID) -> OutboxItem? {
    guard outbox.activity[cid] == activity, let item = outbox.items[cid] else { return nil }
    outbox.activity[cid] = nil
    return item
  }
}
