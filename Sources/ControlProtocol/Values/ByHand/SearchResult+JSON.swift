import FonanaCore

extension SearchResult: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("freshness", freshness)
      json.member("matches", matches)
      json.member("total", total)
    }
  }

  init(_ value: JSONValue) throws(FonanaError) {
    let json = try JSONReader(value)
    self.init(
      matches: try json.list("matches", Match.init), total: try json.count("total"),
      freshness: try FreshnessInfo(json.object("freshness")))
  }
}

extension SearchResult.Match: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("message", message)
      json.member("parts", parts)
      json.member("snippet", snippet)
    }
  }

  init(_ json: JSONReader) throws(FonanaError) {
    self.init(
      message: try MessageInfo(json.object("message")), snippet: try json.text("snippet"),
      parts: try json.list("parts", SearchResult.Part.init))
  }
}

extension SearchResult.Part: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("isMatch", isMatch)
      json.member("text", text)
    }
  }

  init(_ json: JSONReader) throws(FonanaError) {
    self.init(text: try json.text("text"), isMatch: try json.flag("isMatch"))
  }
}
