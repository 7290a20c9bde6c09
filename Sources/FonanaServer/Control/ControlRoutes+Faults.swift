extension ControlRoutes {
  func listFaults() -> WireJSON {
    let rows = faults.pending.map { fault -> WireJSON in
      [
        "route": .string(fault.route), "when": .string(fault.phase.rawValue),
        "count": fault.count.map { .int($0) } ?? .null, "skip": .int(fault.skip),
      ]
    }
    return ["faults": .array(rows)]
  }

  func addFault(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    let id = faults.add(try Fault(control: request))
    return ["id": .int(id)]
  }

  /// `id`: that one; else all.
  func removeFaults(_ request: ControlRequest) -> WireJSON {
    if let id = request.int("id") {
      faults.remove(id)
    } else {
      faults.removeAll()
    }
    return [:]
  }

  /// `since`: only those with a greater number.
  func requests(_ request: ControlRequest) -> WireJSON {
    let since = request.int("since") ?? 0
    let rows = world.requestLog.filter { $0.number > since }
    return ["requests": .array(rows.map(\.json))]
  }
}

extension Fault {
  init(control request: ControlRequest) throws(Rejection) {
    guard let phase = FaultPhase(rawValue: request.text("when") ?? "before") else {
      throw Rejection(400, "\"when\" is \"before\", \"between\" or \"after\".")
    }
    self.init(
      try request.needed("route"), try FaultAction(control: request.body), when: phase,
      count: request.body["count"] == .null ? nil : request.int("count") ?? 1,
      skip: request.int("skip") ?? 0, conversationID: request.text("conversation"))
  }
}

extension FaultAction {
  init(control json: WireJSON) throws(Rejection) {
    let delay = Duration.milliseconds(json["milliseconds"]?.intValue ?? 0)
    switch json["action"]?.stringValue {
    case "respond": self = .respond(FaultResponse(control: json))
    case "delay": self = .delay(delay)
    case "cut": self = .cut(afterBytes: json["bytes"]?.intValue)
    case "hang": self = .hang
    case "stripMetadata": self = .stripMetadata
    case "lateCommit": self = .lateCommit(after: delay, then: FaultEnding(control: json))
    default:
      throw Rejection(
        400,
        "\"action\" is respond, delay, cut, hang, lateCommit or stripMetadata.")
    }
  }
}

extension FaultEnding {
  init(control json: WireJSON) {
    switch json["then"]?.stringValue {
    case "respond": self = .respond(FaultResponse(control: json))
    case "hang": self = .hang
    default: self = .cut
    }
  }
}

extension FaultResponse {
  /// `{"status", "error" | "html": true | "garbage": true | "body", "contentType", "headers"}`
  init(control json: WireJSON) {
    let status = json["status"]?.intValue ?? 500
    if let error = json["error"]?.stringValue {
      self = .json(status, error)
    } else if json["garbage"]?.boolValue == true {
      self = .garbage
    } else if let body = json["body"]?.stringValue {
      self.init(
        status: status, contentType: json["contentType"]?.stringValue ?? "text/plain", body: body)
    } else {
      self = .html(status)
    }
    guard case .object(let members)? = json["headers"] else { return }
    headers += members.map { (name: $0.key, value: $0.value.stringValue ?? $0.value.text) }
  }
}
