import FonanaCore

/// Finding out where an item goes, and bringing its image to the server.
extension EngineCore {
  /// `asID`: no nickname was found, so the text was taken for an id.
  mutating func resolveAnswered(_ answer: ServerAnswer, _ cid: ClientID, asID: Bool = false) {
    guard let item = finish(.resolving, of: cid) else { return }
    switch answer {
    case .success(.user(let profile), _):
      let names = profile.names + [item.recipient.text]
      outbox.noteFound(FoundNames(names: names, user: profile.id, atMonotonic: turn.now.monotonic))
      commit(
        [.noteUser(profile), resolve(item, to: profile.id)]
          + resolveNamesakes(of: names, to: profile.id))
    case .failure(let failure) where Self.isOfNobody(failure):
      if !asID, let id = Self.id(in: item.recipient.text) {
        outbox.activity[cid] = .resolving
        submit(.lookUpUser(.id(id)), for: .resolveID(cid), isAsked: true)
      } else {
        park(item, Self.nobody(item), outcome: "rejected")
      }
    case .success, .failure: retryLater(cid)
    }
    advanceOutbox()
  }

  private static func isOfNobody(_ failure: ServerFailure) -> Bool {
    failure.status == 404 || (failure.status == 400 && failure.routeError != nil)
  }

  /// Ids have letters and digits only (docs/protocol.md, 5).
  private static func id(in text: String) -> UserID? {
    let isID =
      text.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      } && (try? WalletAddress(validating: text)) == nil
    return isID ? UserID(text) : nil
  }

  /// One that waits for a person goes on waiting, but in its place, unless it waits since nobody
  /// was known by its name.
  mutating func resolve(_ item: OutboxItem, to user: UserID) -> StoreAct {
    var resolved = item
    resolved.recipient.userID = user
    resolved.recipient.conversationID = book.conversation(with: user)
    if item.state == .unresolved || (item.state == .parked && item.reason?.code == .notFound) {
      resolved.state = .queued
      resolved.reason = nil
      resolved.doubtUnasked()
    }
    turn.log(.info, .itemResolved, "\(item.cid)")
    outbox.put(resolved)
    return ItemChange(item, to: resolved, outcome: "resolved").act(at: turn.now.wall)
  }

  /// Whom one message found, the others to a name of the same person have found too: else a later
  /// one that knows its recipient from the start would pass them. What that makes of them goes to
  /// the disk together with the reason for it: a crash in between lets nothing pass.
  mutating func resolveNamesakes(of names: [String], to user: UserID) -> [StoreAct] {
    guard !isMutated(.namesakesApart) else { return [] }
    let namesakes = (outbox.lanes[.unresolved] ?? []).compactMap { outbox.items[$0] }.filter {
      item in names.contains { item.recipient.isCalled($0) }
    }
    return namesakes.compactMap { item -> StoreAct? in
      switch outbox.activity[item.cid] {
      case .changing, .cancelling:
        outbox.foundMeanwhile[item.cid] = user
        return nil
      default:
        outbox.activity[item.cid] = nil  // an answer that is still to come is ignored
        return resolve(item, to: user)
      }
    }
  }

  /// What has just been found may not have been on the disk yet when somebody looked there.
  func justFound(_ recipient: Recipient) -> UserID? {
    guard !isMutated(.namesakesApart), recipient.userID == nil, recipient.conversationID == nil
    else { return nil }
    return outbox.found.last {
      turn.now.monotonic - $0.atMonotonic < turn.scaled(FoundNames.life)
        && $0.names.contains(where: recipient.isCalled)
    }?.user
  }

  /// While a change of the message was written, its recipient was found.
  mutating func followNamesakes(_ cid: ClientID) {
    guard let user = outbox.foundMeanwhile.removeValue(forKey: cid), let item = outbox.items[cid],
      item.lane == .unresolved
    else { return }
    commit([resolve(item, to: user)])
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
      outbox.noteFound(FoundNames(names: other.names, user: user, atMonotonic: turn.now.monotonic))
      let namesakes = resolveNamesakes(of: other.names, to: user)
      replace(
        addressed, outcome: "addressed", with: namesakes + [.noteConversation(id, with: other)])
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
