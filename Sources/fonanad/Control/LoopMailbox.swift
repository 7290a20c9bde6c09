import ControlProtocol
import FonanaCore
import Glibc
import Synchronization

/// Brings commands to the loop's thread, which sleeps in `poll`. A pipe wakes it.
///
/// The mutex guards the queue. It is emptied at once: the loop never blocks elsewhere.
final class LoopMailbox: Sendable {
  private let queue = Mutex<[LoopCommand]>([])
  let wakeUp: OwnedDescriptor
  private let bell: OwnedDescriptor

  init() throws(FonanaError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw FonanaError(
        .internalDefect, "The system gives no pipe: \(SystemError.text(errno)).",
        hint: "Raise the limit of open files (ulimit -n).")
    }
    for end in ends { DescriptorFlags.set(end) }
    (wakeUp, bell) = (OwnedDescriptor(owning: ends[0]), OwnedDescriptor(owning: ends[1]))
  }

  func post(_ command: LoopCommand) {
    let wasEmpty = queue.withLock { queue in
      defer { queue.append(command) }
      return queue.isEmpty
    }
    if wasEmpty { _ = Glibc.write(bell.number, [1], 1) }
  }

  func takeAll() -> [LoopCommand] {
    var rings = [UInt8](repeating: 0, count: 64)
    while Glibc.read(wakeUp.number, &rings, rings.count) > 0 {}
    return queue.withLock { queue in
      defer { queue = [] }
      return queue
    }
  }
}
