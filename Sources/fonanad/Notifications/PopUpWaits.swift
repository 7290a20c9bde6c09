import FonanaCore
import Synchronization

/// The programs that wait for a person's choice, one for each pop-up that can still be chosen on.
///
/// The mutex guards the list, newest last; a program that is dropped from it is ended, so that
/// there are never more than a few.
final class PopUpWaits: Sendable {
  private struct Wait {
    let conversation: ConversationID
    let task: Task<Void, Never>
  }

  private static let most = 8

  private let waits = Mutex<[Wait]>([])
  /// What was chosen and is being done.
  private let acts = Mutex<[Task<Void, Never>]>([])

  /// Takes the place of the conversation's earlier one.
  func add(_ conversation: ConversationID, _ task: Task<Void, Never>) {
    drop(conversation)
    let dropped = waits.withLock { waits in
      waits.append(Wait(conversation: conversation, task: task))
      return waits.count > Self.most ? waits.removeFirst() : nil
    }
    dropped?.task.cancel()
  }

  func drop(_ conversation: ConversationID) {
    let dropped = waits.withLock { waits in
      let old = waits.filter { $0.conversation == conversation }
      waits.removeAll { $0.conversation == conversation }
      return old
    }
    for wait in dropped { wait.task.cancel() }
  }

  /// One that takes long gives way to newer ones.
  func keep(_ act: Task<Void, Never>) {
    let dropped = acts.withLock { acts in
      acts.append(act)
      return acts.count > Self.most ? acts.removeFirst() : nil
    }
    dropped?.cancel()
  }

  /// Returns when all have ended.
  func end() async {
    var all = acts.withLock { acts in
      defer { acts = [] }
      return acts
    }
    waits.withLock { waits in
      all += waits.map(\.task)
      waits = []
    }
    for task in all { task.cancel() }
    for task in all { await task.value }
  }
}
