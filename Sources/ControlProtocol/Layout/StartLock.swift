package import FonanaCore
import Glibc

/// Held by the one command that starts the daemon; the others wait for it.
package enum StartLock {
  /// nil when the time is over and another still holds it.
  package static func acquire(_ path: String, within limit: Duration) throws(FonanaError)
    -> LockFile?
  {
    let end = ContinuousClock.now + limit
    while true {
      if let lock = try LockFile.acquire(path) { return lock }
      if ContinuousClock.now >= end { return nil }
      usleep(20_000)
    }
  }
}
