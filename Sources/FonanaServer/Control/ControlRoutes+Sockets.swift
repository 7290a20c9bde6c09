extension ControlRoutes {
  func listSockets() -> WireJSON {
    ["open": .array(sockets.userIDs.map { .string($0) })]
  }

  /// `upgrade`: null, `"hang"`, `"reset"`, a status, `{"code", "reason"}`, or `{"lose"}` with
  /// `"query"`, `"header"` or `"both"`; `silent`: a flag.
  func setSockets(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    if let upgrade = request.body["upgrade"] { sockets.upgradeFault = try Self.fault(upgrade) }
    if let isSilent = request.flag("silent") { sockets.isSilent = isSilent }
    return [:]
  }

  /// `text` goes as it is to every socket of the user.
  func sendToSockets(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    let user = try user(try request.needed("user"))
    sockets.sendRaw(try request.needed("text"), to: user.id)
    return [:]
  }

  /// With a `code` and a close frame, without one the connection is cut.
  func closeSockets(_ request: ControlRequest) throws(Rejection) -> WireJSON {
    var userID: String?
    if let name = request.text("user") { userID = try user(name).id }
    if let code = request.int("code").flatMap({ UInt16(exactly: $0) }) {
      sockets.closeAll(code: code, reason: request.text("reason") ?? "", userID: userID)
    } else {
      sockets.terminateAll(userID: userID)
    }
    return [:]
  }

  func setPush(_ request: ControlRequest) -> WireJSON {
    var settings = world.pushSettings
    settings.isEnabled = request.flag("enabled") ?? settings.isEnabled
    settings.copies = request.int("copies") ?? settings.copies
    settings.swapsPairs = request.flag("swapPairs") ?? settings.swapsPairs
    world.pushSettings = settings
    return [
      "enabled": .bool(settings.isEnabled), "copies": .int(settings.copies),
      "swapPairs": .bool(settings.swapsPairs),
    ]
  }

  private static func fault(_ json: WireJSON) throws(Rejection) -> UpgradeFault? {
    switch json {
    case .null: return nil
    case "hang": return .hang
    case "reset": return .reset
    default: break
    }
    if let status = json.intValue { return .status(status) }
    if let lost = json["lose"]?.stringValue, ["query", "header", "both"].contains(lost) {
      return .loseToken(query: lost != "header", header: lost != "query")
    }
    guard let code = json["code"]?.intValue.flatMap({ UInt16(exactly: $0) }) else {
      throw Rejection(
        400, "\"upgrade\" is null, \"hang\", \"reset\", a status, {\"code\"} or {\"lose\"}.")
    }
    return .closeAfterUpgrade(code: code, reason: json["reason"]?.stringValue ?? "")
  }
}
