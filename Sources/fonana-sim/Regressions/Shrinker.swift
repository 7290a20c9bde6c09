/// Makes a failing schedule small: fewer kinds of faults, a shorter time, fewer messages, edits,
/// names, conditions, enclosures and holds, as long as the same invariant is broken.
struct Shrinker: Sendable {
  let schedule: Schedule
  let seed: UInt64
  let invariant: Int
  /// A larger schedule may take longer than what is gained.
  var tries = 200

  func shrink(_ start: Restriction = Restriction()) -> Restriction {
    var shrinking = Shrinking(shrinker: self, best: start)
    shrinking.dropFaults()
    shrinking.halve(\.minutes, from: plan(start).minutes, down: 1)
    shrinking.halve(\.edits, from: plan(start).edits, down: 0)
    shrinking.halve(\.names, from: plan(start).names, down: 1)
    shrinking.halve(\.conditions, from: plan(start).conditions, down: 0)
    shrinking.halve(\.enclosures, from: plan(start).enclosures, down: 0)
    shrinking.halve(\.holds, from: plan(start).holds, down: 0)
    shrinking.halve(\.sends, from: plan(start).sends, down: 1)
    shrinking.halve(\.partnerMessages, from: plan(start).partnerMessages, down: 0)
    shrinking.dropFaults()
    return shrinking.best
  }

  func plan(_ restriction: Restriction) -> SwarmPlan {
    SwarmPlan(seed: seed, profile: schedule.profile, restriction: restriction)
  }

  fileprivate func fails(_ restriction: Restriction) -> Bool {
    var schedule = schedule
    schedule.restriction = restriction
    return schedule.run(seed).violation?.invariant == invariant
  }
}

private struct Shrinking {
  let shrinker: Shrinker
  var best: Restriction
  private var runs = 0

  init(shrinker: Shrinker, best: Restriction) {
    self.shrinker = shrinker
    self.best = best
  }

  private mutating func take(_ smaller: Restriction) -> Bool {
    guard runs < shrinker.tries else { return false }
    runs += 1
    guard shrinker.fails(smaller) else { return false }
    best = smaller
    return true
  }

  /// Large parts first, then each kind alone.
  mutating func dropFaults() {
    var kinds = shrinker.plan(best).kinds
    var size = max(1, kinds.count / 2)
    while true {
      var start = 0
      while start < kinds.count {
        var fewer = kinds
        fewer.removeSubrange(start..<min(start + size, kinds.count))
        var smaller = best
        smaller.faults = fewer
        if take(smaller) { kinds = fewer } else { start += size }
      }
      guard size > 1 else { return }
      size /= 2
    }
  }

  mutating func halve(_ part: WritableKeyPath<Restriction, Int?>, from whole: Int, down least: Int)
  {
    var value = whole
    while value > least {
      var smaller = best
      smaller[keyPath: part] = max(least, value / 2)
      guard take(smaller) else { return }
      value = max(least, value / 2)
    }
  }
}
