import FonanaCore
import Synchronization

/// What the hooks do now, and how a person's word reaches one that waits.
///
/// The mutex guards the table; nobody is called inside it.
final class HookBoard: Sendable {
  struct Entry: Sendable {
    var isRunning = false
    var nextAttemptAt: Timestamp?
    /// The event that fails is to be given up.
    var mustSkip = false
    /// A person's word came, and no pause has heard it yet.
    fileprivate var isWoken = false
    fileprivate var alarm: AsyncStream<Void>.Continuation?
  }

  private let entries = Mutex<[String: Entry]>([:])

  subscript(_ hook: String) -> Entry { entries.withLock { $0[hook] } ?? Entry() }

  func note(_ hook: String, isRunning: Bool) {
    entries.withLock { $0[hook, default: Entry()].isRunning = isRunning }
  }

  /// True once after `wake(skipping:)`.
  func takeSkip(_ hook: String) -> Bool {
    entries.withLock { entries in
      defer { entries[hook]?.mustSkip = false }
      return entries[hook]?.mustSkip ?? false
    }
  }

  func wake(_ hook: String, skipping: Bool) {
    let alarm = entries.withLock { entries in
      var entry = entries[hook] ?? Entry()
      entry.mustSkip = skipping
      entry.isWoken = entry.alarm == nil
      entries[hook] = entry
      return entry.alarm
    }
    alarm?.finish()
  }

  /// The event is done: a word about it that came too late is none about the next one.
  func noteDone(_ hook: String) {
    entries.withLock { entries in
      entries[hook]?.mustSkip = false
      entries[hook]?.isWoken = false
    }
  }

  /// Until the time is over (nil: without end), `wake`, or the end of the task; not at all when
  /// `wake` came first.
  func pause(_ hook: String, for time: Duration?) async {
    let (stream, alarm) = AsyncStream<Void>.makeStream()
    entries.withLock { entries in
      var entry = entries[hook] ?? Entry()
      if entry.isWoken { alarm.finish() }
      entry.isWoken = false
      entry.alarm = alarm
      entry.nextAttemptAt = time.map { SystemClock.wall + $0 }
      entries[hook] = entry
    }
    await withTaskGroup(of: Void.self) { group in
      if let time {
        group.addTask {
          try? await Task.sleep(for: time)
          alarm.finish()
        }
      }
      for await _ in stream {}
      group.cancelAll()
    }
    entries.withLock { entries in
      entries[hook]?.alarm = nil
      entries[hook]?.nextAttemptAt = nil
    }
  }
}
