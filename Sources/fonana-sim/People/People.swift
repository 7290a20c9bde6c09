import FonanaCore

/// What the people of a schedule remember.
struct People {
  struct Send {
    var partner: Int
    /// What it says, as far as the disk knows.
    private(set) var text: String
    /// What it said before it was edited.
    private(set) var former: [String] = []
    /// The message that has its text since an older one of it turned up at the server.
    var rest: ClientID?
    /// The daemon said that it has it.
    var isReported = false
    /// Its place in the queue.
    var sequence: Int64?
    /// A person let later ones pass it.
    var isSkipped = false
    /// A person decided about it without knowing whether the server has it.
    var isUndecidable = false
    /// A later message to the same person went first, since nobody here could know that this one's
    /// name is theirs.
    var isOvertaken = false

    init(partner: Int, text: String) {
      self.partner = partner
      self.text = text
    }

    mutating func say(_ words: String) {
      guard words != text else { return }
      former.append(text)
      text = words
    }
  }

  /// What a message carries beside its text.
  struct Enclosure: Equatable {
    var image: OutgoingImage?
    var price: Double?
    var metadata: JSONText?

    static let none = Enclosure()
  }

  /// The recipient of a mistyped name.
  static let nobody = -1

  var sends: [ClientID: Send] = [:]
  var enclosures: [ClientID: Enclosure] = [:]
  /// How many texts have been thought of for edits.
  var edits = 0
  /// In the order of their first attempts.
  var order: [ClientID] = []
  /// A logout was answered, and nobody has logged in since.
  var isLoggedOut = false
  /// The browser's connection.
  var browser: Int?
  /// Messages of others that came here unread, in a page that is durable.
  var cameUnread: Set<MessageID> = []
}
