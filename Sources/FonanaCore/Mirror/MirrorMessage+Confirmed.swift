extension MirrorMessage {
  /// The row for a message that the server has confirmed as ours. What was typed here is kept where
  /// the answer does not repeat it.
  ///
  /// `item` is the outbox's row; nil when it is gone already, for a late or repeated answer.
  package init(
    confirmed message: ServerMessage, as cid: ClientID, item: OutboxItem?, me: UserID,
    known: MirrorMessage?
  ) {
    self.init(pulled: message, me: me, known: known)
    self.cid = cid
    isOwn = true
    isComplete = true
    if content == nil, let typed = item?.content {
      content = typed
      textSource = .pulled
    }
    mediaURL = message.mediaURL ?? known?.mediaURL ?? item?.image?.uploadedURL
    mediaType = message.mediaType ?? known?.mediaType
  }
}
