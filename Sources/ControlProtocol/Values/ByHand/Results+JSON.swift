import FonanaCore

/// The first answer to every command.
extension HelloResult: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("daemonVersion", daemonVersion)
      json.member("pid", Int(pid))
      json.member("profile", profile)
      json.member("protocol", self.protocol)
      json.member("server", server)
    }
  }
}

extension ReadResult: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("alsoMarked", alsoMarked)
      json.member("blocking", blocking)
      json.member("conversation", conversation)
      json.member("freshness", freshness)
      json.member("gaps", gaps)
      json.member("messages", messages)
      json.member("more", more)
    }
  }

  init(_ value: JSONValue) throws(FonanaError) {
    let json = try JSONReader(value)
    self.init(
      conversation: try json.optional("conversation", ConversationInfo.init),
      messages: try json.list("messages", MessageInfo.init),
      more: try json.count("more"), alsoMarked: try json.count("alsoMarked"),
      gaps: try json.list("gaps", GapInfo.init),
      blocking: try json.list("blocking", BlockInfo.init),
      freshness: try FreshnessInfo(json.object("freshness")))
  }
}

extension InboxResult: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("conversations", conversations)
      json.member("freshness", freshness)
      json.member("unread", unread)
    }
  }

  init(_ value: JSONValue) throws(FonanaError) {
    let json = try JSONReader(value)
    self.init(
      conversations: try json.list("conversations", ConversationInfo.init),
      unread: try json.count("unread"),
      freshness: try FreshnessInfo(json.object("freshness")))
  }
}

extension SendResult: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("cid", cid.rawValue)
      json.member("conversationId", conversationId?.rawValue)
      json.member("messageId", messageId?.rawValue)
      json.member("next", next)
      json.member("queuedAt", queuedAt)
      json.member("reason", reason)
      json.member("sentAt", sentAt)
      json.member("state", state.rawValue)
      json.member("to", to)
    }
  }

  init(_ value: JSONValue) throws(FonanaError) {
    let json = try JSONReader(value)
    self.init(
      cid: ClientID(try json.text("cid")), state: try json.word("state") { State(rawValue: $0) },
      to: try json.text("to"),
      conversationId: try json.optionalText("conversationId").map { ConversationID($0) },
      messageId: try json.optionalText("messageId").map { MessageID($0) },
      queuedAt: try json.time("queuedAt"), sentAt: try json.optionalTime("sentAt"),
      reason: try ErrorInfo(json.optionalObject("reason")),
      next: try json.optionalText("next"))
  }
}
