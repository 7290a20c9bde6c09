import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// A server that refuses for as long as it likes, and then does not.
  @Suite struct EndlessRefusalTests {
    enum Refusal: CaseIterable {
      case unauthorized, unauthorizedButForTokens, throttled, policy, page, portal, redirect
    }

    /// All side by side, since most of it is waiting.
    @Test func theBudgetHoldsAndEverythingIsDeliveredAfterAnyRefusal() async throws {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for refusal in Refusal.allCases { group.addTask { try await Self.outlast(refusal) } }
        try await group.waitForAll()
      }
    }

    private static func outlast(_ refusal: Refusal) async throws {
      let elsewhere = try BlackHole()
      try await withFaultScene(partners: 2) { scene in
        try await scene.desk.waitUntil("synced")
        let (begin, before) = (ContinuousClock.now, scene.requests)
        scene.begin(refusal, elsewhere: elsewhere)
        for text in ["one", "two", "three"] {
          for partner in scene.partners {
            _ = try await scene.desk.json(
              SendDocument.self, "send", "@\(partner.name)", text, "--no-wait")
          }
        }
        // Lets some minutes pass for the daemon.
        let patience = try await scene.desk.fonana("wait", "--for", "drained", "--timeout", "4s")
        // A refused socket keeps nothing from being sent.
        if refusal == .policy {
          try await scene.waitForRequests("GET /ws", 5)
        } else {
          try await scene.world.wait { $0.counters.faultsFired >= 3 }
        }
        let minutes = FaultScene.minutes(since: begin)
        let asked = scene.requests - before
        print("\(refusal): \(asked) requests in \(minutes) minutes")
        #expect(refusal == .policy || patience.status != 0)
        #expect(
          Double(asked) <= 20 + 30 * minutes + 10, "\(refusal): \(asked) in \(minutes) minutes")

        scene.end()
        try await scene.desk.waitUntil("drained")
        try await scene.scene.isConnected()
        for partner in scene.partners {
          #expect(scene.textsFromAlice(to: partner) == ["one", "two", "three"], "\(refusal)")
        }
        #expect(elsewhere.hasBeenLeftAlone)
      }
    }

    /// Every few moments the network is gone, and some of the time a portal answers.
    @Test func networkThatComesAndGoesLosesNothing() async throws {
      try await withFaultScene(partners: 2) { scene in
        let (begin, before) = (ContinuousClock.now, scene.requests)
        for number in 0..<8 {
          if number % 2 == 0 {
            try await scene.scene.server.stopListening()
          } else {
            scene.scene.server.faults.add(
              Fault("*", .respond(.portal), when: .beforeCommit, count: nil))
            scene.scene.server.sockets.terminateAll()
          }
          for partner in scene.partners {
            _ = try await scene.desk.json(
              SendDocument.self, "send", "@\(partner.name)", "\(number)", "--no-wait")
          }
          scene.scene.server.faults.removeAll()
          try await scene.scene.server.startListening()
        }
        try await scene.desk.waitUntil("drained", timeout: "90s")
        for partner in scene.partners {
          #expect(scene.textsFromAlice(to: partner) == (0..<8).map { "\($0)" })
        }
        let minutes = FaultScene.minutes(since: begin)
        // Sends that succeed are not counted.
        #expect(Double(scene.requests - before) <= 20 + 30 * minutes + 10 + 16)
      }
    }
  }
}

extension FaultScene {
  /// All that the daemon has asked for, over HTTP and for a socket.
  fileprivate var requests: Int { proxy.seen.read { $0.requests("") } }

  fileprivate func begin(
    _ refusal: RealBinaries.EndlessRefusalTests.Refusal, elsewhere: BlackHole
  ) {
    switch refusal {
    case .unauthorized: refuse(.json(401, "Invalid token"))
    case .unauthorizedButForTokens:
      for route in ["* /api/conversations/*", "* /api/conversations", "* /api/user/*"] {
        refuse(.json(401, "Invalid token"), on: route)
      }
    case .throttled: refuse(.tooManyRequests(retryAfter: "0"))
    case .policy:
      scene.server.sockets.upgradeFault = .closeAfterUpgrade(code: 1008, reason: "Unauthorized")
    case .page: refuse(.html(503))
    case .portal: refuse(.portal)
    case .redirect: refuse(.redirect(307, to: "http://127.0.0.1:\(elsewhere.port)/x"))
    }
    scene.server.sockets.terminateAll()
  }

  private func refuse(_ answer: FaultResponse, on route: String = "*") {
    scene.server.faults.add(Fault(route, .respond(answer), when: .beforeCommit, count: nil))
  }

  fileprivate func waitForRequests(_ route: String, _ count: Int) async throws {
    try await proxy.seen.wait { $0.requests(route) >= count ? () : nil }
  }

  fileprivate func end() {
    scene.server.faults.removeAll()
    scene.server.sockets.upgradeFault = nil
  }
}
