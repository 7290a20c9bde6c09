import FoundationEssentials
import SyncEngine

/// Lets happen again what a daemon has recorded (`fonanad --record FILE`): the core is given the
/// same events at the same times, and has to want the same.
struct TraceReplay {
  private(set) var processes = 0
  private(set) var events = 0
  private(set) var effects = 0
  private var text = RecordText()
  private var core: EngineCore?

  /// nil: it went the same way. Else what the core makes of the line now.
  mutating func play(_ line: Data) throws -> Data? {
    let again = try text.line(of: repeated(try RecordText.record(of: line)))
    return again == line ? nil : again
  }

  private mutating func repeated(_ record: EngineRecord) -> EngineRecord {
    switch record {
    case .start(let configuration, let seed, let now):
      processes += 1
      core = EngineCore(configuration: configuration, seed: seed, now: now)
      return record
    case .turn(let now, let event, _):
      let wanted = core?.handle(event, at: now) ?? []
      events += 1
      effects += wanted.count
      return .turn(now, event, wanted)
    }
  }
}
