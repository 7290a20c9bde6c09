import FonanaCore

extension FreshnessInfo: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("completeUpTo", completeUpTo)
      json.member("gaps", gaps)
      json.member("lastPullAt", lastPullAt)
      json.member("source", source.rawValue)
    }
  }

  init(_ json: JSONReader) throws(FonanaError) {
    self.init(
      completeUpTo: try json.optionalTime("completeUpTo"), gaps: try json.count("gaps"),
      source: try json.word("source") { Source(rawValue: $0) },
      lastPullAt: try json.optionalTime("lastPullAt"))
  }
}

extension GapInfo: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("newerAt", newerAt)
      json.member("newerId", newerId?.rawValue)
      json.member("olderAt", olderAt)
      json.member("olderId", olderId?.rawValue)
      json.member("reason", reason.rawValue)
    }
  }

  init(_ json: JSONReader) throws(FonanaError) {
    self.init(
      try json.word("reason") { Reason(rawValue: $0) },
      newerId: try json.optionalText("newerId").map { MessageID($0) },
      newerAt: try json.optionalTime("newerAt"),
      olderId: try json.optionalText("olderId").map { MessageID($0) },
      olderAt: try json.optionalTime("olderAt"))
  }
}
