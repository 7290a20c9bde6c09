import FonanaCore

extension BlockInfo: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("cid", cid.rawValue)
      json.member("reason", reason)
      json.member("state", state.rawValue)
      json.member("to", to)
      json.member("waiting", waiting)
    }
  }

  init(_ block: JSONReader) throws(FonanaError) {
    self.init(
      cid: ClientID(try block.text("cid")), to: try block.text("to"),
      state: try block.word("state") { OutboxEntry.State(rawValue: $0) },
      reason: try ErrorInfo(block.optionalObject("reason")), waiting: try block.count("waiting"))
  }
}

extension ErrorInfo: HandWritten {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("code", code.rawValue)
      json.member("hint", hint)
      json.member("message", message)
      json.member("retryable", retryable)
    }
  }

  /// nil for no error.
  init?(_ error: JSONReader?) throws(FonanaError) {
    guard let error else { return nil }
    self.init(
      code: try error.word("code") { ErrorCode(rawValue: $0) }, message: try error.text("message"),
      hint: try error.optionalText("hint"), retryable: try error.flag("retryable"))
  }
}
