import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// How soon things happen. What was measured is printed beside the aim. What fails a test is not a
  /// busy machine, but a median so late that another mechanism must have brought the message, as the
  /// poll instead of the push.
  @Suite(.serialized) struct SpeedTests {
    @Test func connectedSoonAfterTheStart() async throws {
      try await withScene { scene in
        let start = ContinuousClock.now
        try await scene.desk.withDaemon { _ in
          try await scene.isConnected()
          report(
            "connected after the start", [start.duration(to: .now)], aim: .seconds(2),
            limit: .seconds(30))
        }
      }
    }

    @Test(arguments: ServerGeneration.allCases)
    func pushedMessageReachesWatch(_ generation: ServerGeneration) async throws {
      var configuration = ServerConfiguration(generation: generation)
      configuration.pushesMessages = true
      try await withScene(configuration) { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.world.wait { $0.counters.subscriptions >= 1 }
          try await scene.desk.withWatch { watch in
            var delays: [Duration] = []
            for number in 1...30 {
              let start = ContinuousClock.now
              scene.bobWrites("pushed \(number)")
              let line = try await scene.desk.nextMessage(on: watch)
              #expect(line?.contains("pushed \(number)") == true)
              delays.append(start.duration(to: .now))
            }
            // More than the budget of unasked requests holds. A poll every 5 s would bring them after 2.5 s.
            report(
              "pushed message on watch", delays, aim: .milliseconds(100), limit: .milliseconds(1500)
            )
          }
        }
      }
    }

    @Test func messageWithoutAPushReachesWatch() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.isConnected()
          try await scene.desk.withWatch { watch in
            var delays: [Duration] = []
            for number in 1...3 {
              let start = ContinuousClock.now
              scene.bobWrites("quiet \(number)", push: false)
              let line = try await scene.desk.nextMessage(on: watch)
              #expect(line?.contains("quiet \(number)") == true)
              delays.append(start.duration(to: .now))
            }
            // The idle poll would take up to 25 s.
            report("message without a push", delays, aim: .seconds(6), limit: .seconds(15))
          }
        }
      }
    }

    @Test func messageWithoutAPushIsFoundWhileNobodyWatches() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          let lists = scene.world.counters.requests["GET /api/conversations", default: 0]
          let start = ContinuousClock.now
          scene.bobWrites("found later", push: false)
          try await scene.world.wait {
            $0.counters.requests["GET /api/conversations", default: 0] > lists
          }
          report(
            "message without a push, idle", [start.duration(to: .now)], aim: .seconds(25),
            limit: .seconds(75))
        }
      }
    }

    @Test func statusOfAWarmDaemonIsQuick() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.isConnected()
          let times = try await shortest(of: [["--version"], ["status"]], at: scene.desk)
          let version = times["--version", default: .zero]
          let status = times["status", default: .zero]
          print("measured: status \(status), --version \(version), ratio \(status / version)")
          #expect(status < version * 5)
        }
      }
    }

    @Test func hundredQueuedMessagesGoOutWhenTheServerIsBack() async throws {
      try await withScene { scene in
        let friends = (1...20).map { number in
          let friend = scene.world.makeUser(nickname: "friend\(number)")
          scene.world.send(from: friend.id, to: scene.alice.id, "hi")
          return friend
        }
        try await scene.desk.withDaemon { _ in
          _ = try await scene.desk.json(InboxDocument.self, "inbox")
          try await scene.desk.waitUntil("synced")
          try await scene.server.stopListening()
          for number in 1...5 {
            for friend in friends {
              let name = "@\(friend.nickname ?? "")"
              let queued = try await scene.desk.json(
                SendDocument.self, "send", name, "\(number)", "--no-wait")
              #expect(queued.state == "queued")
            }
          }
          let start = ContinuousClock.now
          try await scene.server.startListening()
          let alice = scene.alice.id
          try await scene.world.wait { state in
            state.conversationIDs(of: alice).reduce(0) { sum, id in
              sum + state.messages(in: id).count { $0.senderID == alice }
            } >= 100
          }
          report(
            "100 queued messages are out", [start.duration(to: .now)], aim: .seconds(10),
            limit: .seconds(60))
          for friend in friends {
            let id = scene.world.conversationID(of: alice, and: friend.id) ?? ""
            let sent = scene.world.messages(in: id).filter { $0.senderID == alice }
            #expect(sent.compactMap(\.content) == ["1", "2", "3", "4", "5"])
          }
          try await scene.desk.waitUntil("drained")
        }
      }
    }
  }
}

/// Prints what was measured beside its aim, and fails when the median reaches `limit`.
private func report(
  _ what: String, _ durations: [Duration], aim: Duration, limit: Duration,
  at location: SourceLocation = #_sourceLocation
) {
  let sorted = durations.sorted()
  let median = sorted[sorted.count / 2]
  let all = durations.map { "\($0)" }.joined(separator: ", ")
  print("measured: \(what): median \(median) of \(all) (aim: \(aim))")
  #expect(median < limit, "\(what)", sourceLocation: location)
}
