package import FonanaCore

/// `message.send`. The same `cid` with the same content is the same message, however often it is
/// sent. An image comes as an open descriptor with the request's bytes.
package struct SendRequest: Codable, Sendable, Hashable {
  /// When the answer is given; in every case after the message is durable.
  package enum Wait: String, Codable, Sendable, CaseIterable {
    /// At once.
    case no
    /// Up to 2 s when the server is reachable, else at once.
    case usual
    /// When it is delivered or parked, or the time is over.
    case delivered
  }

  package var cid: ClientID
  /// `@nickname`, conversation id, user id, wallet or nickname.
  package var to: String
  @Nullable package var content: String?
  /// In SOL; null: free.
  @Nullable package var price: Double?
  @Nullable package var metadata: JSONValue?
  /// A conversation may be begun with somebody new.
  package var createNew: Bool
  package var hasImage: Bool
  /// Not sent when the other has written since; null: false.
  @Nullable package var unlessReplied: Bool?
  package var wait: Wait
  /// For `wait: delivered`; null: 60.
  @Nullable package var timeoutSeconds: Double?

  package init(
    cid: ClientID, to: String, content: String? = nil, price: Double? = nil,
    metadata: JSONValue? = nil, createNew: Bool = false, hasImage: Bool = false,
    unlessReplied: Bool? = false, wait: Wait = .usual, timeoutSeconds: Double? = nil
  ) {
    self.cid = cid
    self.to = to
    self.content = content
    self.price = price
    self.metadata = metadata
    self.createNew = createNew
    self.hasImage = hasImage
    self.unlessReplied = unlessReplied
    self.wait = wait
    self.timeoutSeconds = timeoutSeconds
  }
}
