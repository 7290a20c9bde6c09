import FoundationEssentials
import Glibc
import Synchronization

/// Which points are tried, handed out one after the other.
///
/// In CI a sample, spread evenly over all points and shifted by a seed; with `FONANA_SOAK_KILLS`
/// in the environment every point of every scenario.
final class KillPlan: Sendable {
  static let isWhole = getenv("FONANA_SOAK_KILLS") != nil
  static let seed = getenv("FONANA_SEED").flatMap { Int(String(cString: $0)) } ?? 0

  private struct State {
    var left: [Injection]
    var struck = 0
    var tried = 0
  }

  private let state: Mutex<State>
  private let floor: Int
  private let end: ContinuousClock.Instant

  /// - Parameters:
  ///   - share: how many of `points` at most, unless the plan is whole.
  ///   - floor: so many faults have to come about, however slow the machine is.
  ///   - time: nothing more is handed out after it, unless the plan is whole.
  init(_ points: [Injection], share: Int, atLeast floor: Int, time: Duration) {
    self.floor = floor
    let chosen = Self.isWhole ? points : Self.sample(points, share)
    state = Mutex(State(left: chosen.reversed()))
    end = Self.isWhole ? .now + .seconds(86_400) : .now + time
  }

  private static func sample(_ points: [Injection], _ share: Int) -> [Injection] {
    guard points.count > share, share > 0 else { return points }
    let shift = seed % points.count
    return (0..<share).map { points[($0 * points.count / share + shift) % points.count] }
  }

  func next() -> Injection? {
    state.withLock { state in
      guard state.struck < floor || ContinuousClock.now < end else { return nil }
      return state.left.popLast()
    }
  }

  func note(struck: Bool) {
    state.withLock { state in
      state.tried += 1
      if struck { state.struck += 1 }
    }
  }

  /// Points whose fault came about.
  var struck: Int { state.withLock { $0.struck } }
  var tried: Int { state.withLock { $0.tried } }
}
