import FonanaCore
import Testing

@testable import LocalStore

/// What two fetches in a row should have shown and did not is deleted.
@Suite(.timeLimit(.minutes(1)))
struct TombstoneTests {
  @Test func twoAbsencesMakeATombstone() async throws {
    try await withStore { store in
      let all = (1...5).map { Sample.message($0, content: "\($0)") }
      try await store.pull(all)
      let rest = all.filter { $0.id.rawValue != "m3" }
      #expect(try await store.pull(rest).kinds.isEmpty)
      #expect(try await store.texts() == ["1", "2", "3", "4", "5"])
      #expect(try await store.pull(rest).kinds == [.messageUpdated, .conversationChanged])
      #expect(try await store.texts() == ["1", "2", "4", "5"])
      #expect(try await store.message(MessageID("m3"), mode: .eager)?.message.content == "3")
      // What is seen again lives again.
      try await store.pull(all)
      #expect(try await store.texts() == ["1", "2", "3", "4", "5"])
    }
  }

  /// The newest message stood above all that the pages hold now.
  @Test func theNewestMessageThatIsGoneIsATombstoneAfterTwoReads() async throws {
    try await withStore { store in
      let all = (1...3).map { Sample.message($0, content: "\($0)") }
      try await store.pull(all)
      for _ in 0..<2 {
        #expect(try await store.texts() == ["1", "2", "3"])
        try await store.pull(Array(all.prefix(2)), knownUpTo: all[2].position)
      }
      #expect(try await store.texts() == ["1", "2"])
    }
  }

  @Test func theOldestMessageThatIsGoneIsATombstoneAfterTwoReads() async throws {
    try await withStore { store in
      let all = (1...3).map { Sample.message($0, content: "\($0)") }
      try await store.pull(all)
      for _ in 0..<2 {
        #expect(try await store.texts() == ["1", "2", "3"])
        try await store.pull(Array(all.suffix(2)), reachesBeginning: true)
      }
      #expect(try await store.texts() == ["2", "3"])
    }
  }

  /// A list can be younger than the page that comes after it.
  @Test func anIslandAboveThePagesIsNotAbsent() async throws {
    try await withStore { store in
      let known = (1...2).map { Sample.message($0, content: "\($0)") }
      try await store.pull(known)
      try await store.does(.applyList([Sample.list(Sample.message(3))], isBacklog: false))
      for _ in 0..<3 { try await store.pull(known, knownUpTo: known[1].position) }
      #expect(try await store.texts().count == 3)
    }
  }

  /// A page may cut through messages of one instant in any order.
  @Test func tiesAtTheLowerEdgeAreNotAbsent() async throws {
    try await withStore { store in
      var tie = Sample.message(1, content: "tie")
      tie.id = MessageID("m9")
      try await store.pull([Sample.message(1), tie, Sample.message(4)])
      for _ in 0..<3 { try await store.pull([Sample.message(1), Sample.message(4)]) }
      #expect(try await store.texts() == ["text", "tie", "text"])
    }
  }

  @Test func absencesMustFollowEachOther() async throws {
    try await withStore { store in
      let all = (1...3).map { Sample.message($0) }
      for _ in 0..<3 {
        try await store.pull(all)
        try await store.pull([all[0], all[2]])
      }
      #expect(try await store.texts().count == 3)
    }
  }
}
