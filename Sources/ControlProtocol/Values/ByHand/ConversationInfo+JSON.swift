import FonanaCore

extension ConversationInfo: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("blockedBy", blockedBy)
      json.member("id", id.rawValue)
      json.member("lastMessage", lastMessage)
      json.member("participant", participant)
      json.member("unread", unread)
    }
  }

  init(_ json: JSONReader) throws(FonanaError) {
    self.init(
      id: ConversationID(try json.text("id")),
      participant: try ParticipantInfo(json.object("participant")),
      unread: try json.count("unread"),
      lastMessage: try json.optional("lastMessage", MessageInfo.init),
      blockedBy: try json.optional("blockedBy", BlockInfo.init))
  }
}

extension ParticipantInfo: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("fullName", fullName)
      json.member("id", id.rawValue)
      json.member("nickname", nickname)
      json.member("wallet", wallet)
    }
  }

  init(_ json: JSONReader) throws(FonanaError) {
    self.init(
      id: UserID(try json.text("id")), nickname: try json.optionalText("nickname"),
      fullName: try json.optionalText("fullName"), wallet: try json.optionalText("wallet"))
  }
}
