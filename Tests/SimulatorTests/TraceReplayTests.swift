import FonanaCore
import FoundationEssentials
import SyncEngine
import Testing

@testable import fonana_sim

/// A record of the engine's events is enough to make it do the same again.
@Suite struct TraceReplayTests {
  private func lines(of seed: UInt64, mutant: EngineMutant? = nil) throws -> [Data] {
    var text = RecordText()
    var result: Result<[Data], any Error> = .success([])
    let simulation = Schedule(mutant: mutant).simulation(seed)
    simulation.onRecord = { record in
      result = result.flatMap { lines in Result { lines + [try text.line(of: record)] } }
    }
    _ = simulation.run()
    return try result.get()
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func whatWasRecordedHappensAgain(seed: UInt64) throws {
    let lines = try lines(of: seed)
    #expect(lines.count > 500)
    var replay = TraceReplay()
    let different = try lines.filter { try replay.play($0) != nil }
    #expect(different.isEmpty)
    #expect(replay.events + replay.processes == lines.count)
  }

  @Test func aRecordHoldsNoToken() throws {
    let lines = try lines(of: 1)
    let text = lines.map { String(decoding: $0, as: UTF8.self) }.joined()
    #expect(text.contains("secret-1"))
    #expect(!text.contains("token-secret"))
  }

  @Test func withoutNamesNoSecretIsWritten() {
    let credentials = Credentials(wallet: "w", token: Redacted("canary"))
    #expect(throws: EncodingError.self) { try JSONEncoder().encode(credentials) }
  }

  /// The record of another engine than this one is found out.
  @Test func anotherDecisionIsADifference() throws {
    let lines = try lines(of: 1, mutant: .noQuarantine)
    var replay = TraceReplay()
    var different = 0
    for line in lines {
      let healthy = String(decoding: line, as: UTF8.self)
        .replacing("\"mutant\":\"no-quarantine\",", with: "")
      if try replay.play(Data(healthy.utf8)) != nil { different += 1 }
    }
    #expect(different > 0)
  }
}
