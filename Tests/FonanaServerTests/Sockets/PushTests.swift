import FonanaServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct PushTests {
  @Test func pushesAreDuplicated() async throws {
    try await Scene.run(.a) { scene in
      scene.world.pushSettings.copies = 2
      let socket = try await scene.socket(of: scene.ben)
      scene.world.send(from: scene.ada.id, to: scene.ben.id, "one")
      let first = try await socket.nextJSON()
      #expect(first?["notification"]?["message"] == "ada: one")
      #expect(try await socket.nextJSON() == first)
    }
  }

  @Test func pushesAreSwapped() async throws {
    try await Scene.run(.a) { scene in
      scene.world.pushSettings.swapsPairs = true
      let socket = try await scene.socket(of: scene.ben)
      for text in ["one", "two", "three"] {
        scene.world.send(from: scene.ada.id, to: scene.ben.id, text)
      }
      scene.world.pushSettings.swapsPairs = false
      var texts: [String?] = []
      for _ in 0..<3 {
        texts.append(try await socket.nextJSON()?["notification"]?["message"]?.stringValue)
      }
      #expect(texts == ["ada: two", "ada: one", "ada: three"])
    }
  }

  @Test func oneMessageIsPushedOrNotAsAskedFor() async throws {
    try await Scene.run { scene in
      let socket = try await scene.socket(of: scene.ben)
      scene.world.send(from: scene.ada.id, to: scene.ben.id, "quiet")
      scene.world.send(from: scene.ada.id, to: scene.ben.id, "loud", push: true)
      let event = try await socket.nextJSON()
      #expect(event?["notification"]?["message"] == "ada: loud")
    }
  }

  @Test func markingReadIsPushed() async throws {
    try await Scene.run(.a) { scene in
      let row = scene.world.addNotification(
        for: scene.ben.id, type: "SYSTEM_ANNOUNCEMENT", title: "t", message: "m", push: false)
      let socket = try await scene.socket(of: scene.ben)
      let path = "/api/user/notifications"
      _ = try await scene.http.json(
        "PUT", path, wallet: scene.ben.wallet, ["notificationIds": [.string(row.id)]])
      #expect(
        try await socket.nextJSON() == [
          "type": "notification_read", "userId": .string(scene.ben.id),
          "notificationId": .string(row.id),
        ])
      _ = try await scene.http.json(
        "PUT", path, wallet: scene.ben.wallet, ["markAllAsRead": true])
      #expect(try await socket.nextJSON()?["type"] == "notifications_cleared")
    }
  }
}
