import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// Without the WebSocket everything goes on over HTTP.
  @Suite struct RefusedSocketTests {
    @Test(arguments: [UpgradeFault.status(503), .status(403), .reset])
    func sendIsSentAndMessagesArriveByPolling(_ fault: UpgradeFault) async throws {
      try await withScene { scene in
        scene.server.sockets.upgradeFault = fault
        try await scene.desk.withDaemon { _ in
          try await scene.world.wait { $0.counters.upgradesRefused >= 1 }
          try await scene.desk.waitUntil("reachable")
          let sent = try await scene.desk.json(SendDocument.self, "send", "@bob", "over HTTP")
          #expect(sent.state == "sent")
          #expect(scene.textsFromAlice == ["over HTTP"])
          try await scene.desk.withWatch { watch in
            scene.bobWrites("polled")
            let line = try await scene.desk.nextMessage(on: watch)
            #expect(line?.contains("polled") == true)
          }
          let status = try await scene.desk.status()
          #expect(status.connection.state != "connected")
          #expect(status.server.reachable)
        }
      }
    }
  }
}
