extension WorldState {
  func listNotifications(_ request: APIRequest, _ route: Route) throws(Rejection) -> APIResponse {
    let user = try notificationsCaller(request, route)
    let limit = try limit(request)
    let shelf = shelves[user.id] ?? .init()
    let rows = shelf.newest(limit, unreadOnly: request.query("unreadOnly") == "true")
    return .json([
      "notifications": .array(rows.map(\.json)), "unreadCount": .int(shelf.unreadCount),
    ])
  }

  mutating func markNotifications(
    _ request: APIRequest, _ route: Route
  ) throws(Rejection) -> APIResponse {
    let user = try notificationsCaller(request, route)
    let body = try request.json(orFail: "Failed to update notifications")
    if body["markAllAsRead"]?.isTruthy == true {
      perform(.readNotifications(userID: user.id, ids: nil))
      if pushSettings.isEnabled {
        push(["type": "notifications_cleared", "userId": .string(user.id)], to: user.id)
      }
    } else if let ids = body["notificationIds"]?.arrayValue {
      mark(ids.compactMap(\.stringValue), of: user)
    }
    return .json(["success": true])
  }

  mutating func deleteNotifications(
    _ request: APIRequest, _ route: Route
  ) throws(Rejection) -> APIResponse {
    let user = try notificationsCaller(request, route)
    let id = request.query("id").flatMap { $0.isEmpty ? nil : $0 }
    perform(.deleteNotifications(userID: user.id, ids: id.map { [$0] }))
    return .json(["success": true])
  }

  private mutating func mark(_ ids: [String], of user: WorldUser) {
    perform(.readNotifications(userID: user.id, ids: ids))
    guard pushSettings.isEnabled else { return }
    for id in ids {
      push(
        [
          "type": "notification_read", "userId": .string(user.id), "notificationId": .string(id),
        ], to: user.id)
    }
  }

  private func limit(_ request: APIRequest) throws(Rejection) -> Int {
    guard let text = request.query("limit"), !text.isEmpty else { return 20 }
    guard let limit = Int(text), limit >= 0 else {
      throw Rejection(500, "Failed to fetch notifications")
    }
    return limit
  }
}
