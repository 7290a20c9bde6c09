/// What a send stores.
package struct MessageDraft: Sendable, Equatable {
  package var content: String?
  package var mediaURL: String?
  package var mediaType: String?
  package var isPaid: Bool
  var priceDigits: String?
  package var metadata: WireJSON?
  /// What the notification's metadata takes over from the request: present members only.
  var noticeMembers: [WireJSON.Member] = []

  /// A message is paid when it has a price.
  package init(
    _ content: String?, mediaURL: String? = nil, mediaType: String? = nil, price: Double? = nil,
    metadata: WireJSON? = nil
  ) {
    self.content = content
    self.mediaURL = mediaURL
    self.mediaType = mediaType
    self.isPaid = price != nil
    self.priceDigits = price.map { $0 == $0.rounded() ? String(Int64($0)) : String($0) }
    self.metadata = metadata
    if let priceDigits {
      noticeMembers = [
        .init(key: "isPaid", value: true), .init(key: "price", value: .number(priceDigits)),
      ]
    }
  }
}
