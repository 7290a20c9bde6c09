import Glibc
import Synchronization

/// A SIGTERM or SIGINT that came while the daemon was still being made.
///
/// By default it would end the process without a word, and the next start would speak of a crash.
/// So it is kept until the daemon serves, which then ends in order; a second one ends it at once.
enum EarlyStop {
  private static let count = Atomic<Int>(0)

  static func watch() {
    _ = count.load(ordering: .relaxed)  // made here, and not in the handler
    for number in [SIGTERM, SIGINT] {
      signal(number) { number in
        if EarlyStop.count.add(1, ordering: .relaxed).oldValue > 0 { _exit(128 + number) }
      }
    }
  }

  static var isAsked: Bool { count.load(ordering: .relaxed) > 0 }
}
