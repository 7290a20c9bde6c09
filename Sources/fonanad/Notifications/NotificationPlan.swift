import FonanaCore
import SyncEngine
import Synchronization

/// Drives a planner: takes messages at any time and gives out pop-ups when they are due.
///
/// The mutex guards the planner; the stream of bells holds at most one, which says that the next
/// deadline may be another.
final class NotificationPlan: Sendable {
  private let planner: Mutex<NotificationPlanner>
  private let control: NotificationSwitch
  private let bells: AsyncStream<Void>
  private let bell: AsyncStream<Void>.Continuation

  init(_ planner: NotificationPlanner, _ control: NotificationSwitch) {
    self.planner = Mutex(planner)
    self.control = control
    (bells, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func note(_ message: IncomingMessage) {
    let minute = QuietHours.localMinuteOfDay(SystemClock.wall)
    let now = SystemClock.boot
    planner.withLock { planner in
      planner.policy = control.policy(at: now)
      planner.messageArrived(message, at: now, minuteOfDay: minute)
    }
    bell.yield()
  }

  func note(_ missed: MissedMessages) {
    let minute = QuietHours.localMinuteOfDay(SystemClock.wall)
    planner.withLock { planner in
      planner.policy = control.policy(at: SystemClock.boot)
      for part in missed.parts {
        planner.missed(
          part.count, from: part.sender.nickname ?? part.sender.fullName, at: SystemClock.boot,
          minuteOfDay: minute)
      }
    }
    bell.yield()
  }

  func wasRead(_ conversation: ConversationID) {
    planner.withLock { $0.wasRead(conversation) }
  }

  func end() { bell.finish() }

  /// Until `end()` or cancellation.
  func run(_ show: @Sendable (DesktopNotification) -> Void) async {
    for await _ in bells {
      while let deadline = planner.withLock(\.nextDeadline) {
        let rest = deadline - SystemClock.boot
        if rest > .zero, (try? await Task.sleep(for: rest)) == nil { return }
        for popUp in planner.withLock({ $0.due(at: SystemClock.boot) }) { show(popUp) }
      }
    }
  }
}
