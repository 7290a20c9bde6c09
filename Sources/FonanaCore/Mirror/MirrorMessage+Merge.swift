extension MirrorMessage {
  /// The row for a message of the messages route, joined with what was known before.
  package init(pulled message: ServerMessage, me: UserID, known: MirrorMessage?) {
    if message.isDamaged, let known, known.isComplete {
      self = known  // what could not be read now was read once
      isRead = isRead || message.isRead
      return
    }
    let isOwn = message.senderID == me
    let isLocked = message.isPaid && !message.isPurchased && !isOwn
    self.init(
      id: message.id, conversationID: message.conversationID, senderID: message.senderID,
      cid: isOwn ? message.cid : nil, content: message.content,
      textSource: message.content == nil ? .none : .pulled,
      mediaURL: isLocked ? nil : message.mediaURL, mediaType: message.mediaType,
      isPaid: message.isPaid, price: message.price, isRead: message.isRead,
      isPurchased: message.isPurchased, createdAt: message.createdAt, metadata: message.metadata,
      isOwn: isOwn, isComplete: !message.isDamaged)
    keepText(of: known)
    if isOwn {
      isRead = isRead || known?.isRead == true
    } else if let known, known.isComplete {
      // Our own pull has ticked it since: another's message is unread when any page said so, in
      // whichever order the answers come.
      isRead = isRead && known.isRead
    }
    if known?.isComplete == true { isComplete = true }
    cid = cid ?? known?.cid
  }

  /// Whether `init(pulled:me:known:)` would give this very row again: the quick answer for most
  /// rows of a page. False may also mean "perhaps".
  package func alreadyHolds(_ message: ServerMessage, me: UserID) -> Bool {
    guard isComplete, absences == 0, !message.isDamaged, id == message.id,
      createdAt == message.createdAt, senderID == message.senderID,
      conversationID == message.conversationID, isOwn == (senderID == me),
      isPaid == message.isPaid, isPurchased == message.isPurchased, price == message.price
    else { return false }
    let isTextKept =
      message.content == nil
      ? content != nil || textSource == .none
      : textSource == .pulled && content == message.content
    let isMarkKept = isOwn ? isRead || !message.isRead : !isRead || message.isRead
    let isCidKept = !isOwn || message.cid == nil || message.cid == cid
    return isTextKept && isMarkKept && isCidKept && metadata == message.metadata
      && mediaType == message.mediaType && mediaURL == (isLocked ? nil : message.mediaURL)
  }

  /// The island for the last message of a list.
  package init(listed message: ListedMessage, in conversation: ConversationID, me: UserID) {
    self.init(
      id: message.id, conversationID: conversation, senderID: message.senderID, cid: nil,
      content: message.isPaid ? nil : message.content,
      textSource: message.isPaid || message.content == nil ? .none : .list,
      mediaURL: nil, mediaType: nil, isPaid: message.isPaid, price: message.price, isRead: false,
      isPurchased: false, createdAt: message.createdAt, metadata: nil,
      isOwn: message.senderID == me, isComplete: false)
  }

  /// The island for a NEW_MESSAGE notification, which was made at `at`.
  package init(preview: MessagePreview, at: Timestamp, me: UserID) {
    self.init(
      id: preview.messageID, conversationID: preview.conversationID, senderID: preview.senderID,
      cid: nil, content: preview.text, textSource: preview.text == nil ? .none : .notification,
      mediaURL: nil, mediaType: nil, isPaid: preview.isPaid, price: preview.price, isRead: false,
      isPurchased: false, createdAt: at, metadata: nil, isOwn: preview.senderID == me,
      isComplete: false)
  }

  /// The known row, bettered by an island; nil when the island brings nothing new.
  package func bettered(by island: MirrorMessage) -> MirrorMessage? {
    guard !isComplete else { return nil }
    var row = self
    if island.content != nil, island.textSource >= textSource {
      row.content = island.content
      row.textSource = island.textSource
    }
    // A list names the message's own instant, a notification a somewhat later one.
    row.createdAt = min(row.createdAt, island.createdAt)
    return row == self ? nil : row
  }

  private mutating func keepText(of known: MirrorMessage?) {
    guard let known, known.content != nil else { return }
    if content == nil || known.textSource > textSource {
      content = known.content
      textSource = known.textSource
    }
  }
}
