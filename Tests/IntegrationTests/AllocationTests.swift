import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// How much memory the programs ask for, counted. The limits are half as much again as what was
  /// seen, so that what doubles is found.
  @Suite(
    .enabled(if: AllocationCounter.compiler != nil, "a C compiler comes with Swift"),
    .enabled(if: Products.areOptimized, "debug binaries ask for many times as much"))
  struct AllocationTests {
    private static let messages = 2000

    @Test func aCommandAndItsAnswerAskForLittleMemory() async throws {
      try await withScene { scene in
        for number in 0..<30 { scene.bobWrites("message \(number)") }
        let counter = try await AllocationCounter(in: scene.desk.home)
        let desk = scene.desk.with(counter.environment)
        try await desk.withDaemon { _ in
          try await desk.waitUntil("synced")
          _ = try await desk.fonana("read", "@bob")
          for (words, limit) in [
            (["--version"], 250), (["status"], 1300), (["read", "@bob", "--peek"], 1800),
            (["search", "message", "-n", "20"], 4700),
          ] {
            _ = try await desk.command.run(words)
            // The daemon may have something of its own to do meanwhile, which adds to the count.
            var count = Int.max
            for _ in 0..<5 {
              count = min(
                count, try await counter.count { _ = try await desk.command.run(words) })
            }
            print("measured: \(words), command and daemon: \(count) allocations")
            #expect(count < limit, "\(words)")
          }
        }
      }
    }

    @Test func aMirroredMessageAsksForLittleMemory() async throws {
      try await withScene { scene in
        let start = scene.world.messages(in: scene.conversation).last?.createdAt ?? 0
        let bob = scene.bob.id
        scene.world.fill(scene.conversation, count: Self.messages) { number in
          (bob, MessageDraft("history \(number)"), start + Int64(number) + 1)
        }
        let counter = try await AllocationCounter(in: scene.desk.home)
        let desk = scene.desk.with(counter.environment)
        let count = try await counter.count {
          try await desk.withDaemon(["--pace", "off"]) { _ in
            try await desk.waitUntil("synced")
            while try await desk.status().sync.messages <= Self.messages {}
          }
        }
        print("measured: \(count / Self.messages) allocations a message")
        #expect(count < Self.messages * 260)
      }
    }
  }
}

extension Desk {
  fileprivate func with(_ more: [String: String]) -> Desk {
    var desk = self
    desk.environment.merge(more) { $1 }
    return desk
  }
}
