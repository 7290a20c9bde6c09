import FonanaCore

extension ConversationListRequest: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("refresh", refresh)
      json.member("unreadOnly", unreadOnly)
    }
  }
}

extension ConversationReadRequest: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("all", all)
      json.member("before", before?.rawValue)
      json.member("fresh", fresh)
      json.member("limit", limit)
      json.member("peek", peek)
      json.member("since", since)
      json.member("unreadOnly", unreadOnly)
      json.member("who", who)
    }
  }
}

extension SearchRequest: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("from", from)
      json.member("inside", inside)
      json.member("isRaw", isRaw)
      json.member("limit", limit)
      json.member("order", order.rawValue)
      json.member("paidOnly", paidOnly)
      json.member("query", query)
      json.member("since", since)
      json.member("until", until)
      json.member("withMediaOnly", withMediaOnly)
    }
  }
}

extension SendRequest: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("cid", cid.rawValue)
      json.member("content", content)
      json.member("createNew", createNew)
      json.member("hasImage", hasImage)
      json.member("metadata", metadata)
      json.member("price", price)
      json.member("timeoutSeconds", timeoutSeconds)
      json.member("to", to)
      json.member("unlessReplied", unlessReplied)
      json.member("wait", wait.rawValue)
    }
  }
}
