extension Seed {
  /// `{"users": [{"name", "wallet", …}], "conversations": [{"between": [A, B], "messages": […]}]}`
  package init(_ json: WireJSON) throws(SeedError) {
    people = []
    for user in json["users"]?.arrayValue ?? [] {
      people.append(try Self.person(user))
    }
    talks = []
    for conversation in json["conversations"]?.arrayValue ?? [] {
      talks.append(try Self.talk(conversation))
    }
    guard !people.isEmpty else { throw .missing("users") }
  }

  private static func person(_ json: WireJSON) throws(SeedError) -> Person {
    guard let name = json["name"]?.stringValue else { throw .missing("the name of a user") }
    return Person(
      name: name, wallet: json["wallet"]?.stringValue, fullName: json["fullName"]?.stringValue,
      bio: json["bio"]?.stringValue, isCreator: json["isCreator"]?.boolValue ?? false)
  }

  private static func talk(_ json: WireJSON) throws(SeedError) -> Talk {
    let between = json["between"]?.arrayValue?.compactMap(\.stringValue) ?? []
    guard between.count == 2 else { throw .missing("the two names of a conversation") }
    var lines: [Line] = []
    for message in json["messages"]?.arrayValue ?? [] {
      lines.append(try line(message))
    }
    return Talk(between: between, lines: lines)
  }

  private static func line(_ json: WireJSON) throws(SeedError) -> Line {
    guard let from = json["from"]?.stringValue else { throw .missing("the sender of a message") }
    let draft = MessageDraft(json)
    let at = json["createdAt"]
    return Line(
      from: from, draft: draft,
      at: at?.stringValue.flatMap { Timestamp.parse($0) } ?? at?.intValue.map { Int64($0) },
      isRead: json["isRead"]?.boolValue ?? true)
  }
}

extension MessageDraft {
  /// `{"content", "mediaUrl", "mediaType", "price", "metadata"}`, all optional.
  init(_ json: WireJSON) {
    let metadata = json["metadata"]
    self.init(
      json["content"]?.stringValue, mediaURL: json["mediaUrl"]?.stringValue,
      mediaType: json["mediaType"]?.stringValue, metadata: metadata == .null ? nil : metadata)
    if case .number(let digits) = json["price"] {
      isPaid = true
      priceDigits = digits
      noticeMembers = [
        .init(key: "isPaid", value: true), .init(key: "price", value: .number(digits)),
      ]
    }
  }
}
