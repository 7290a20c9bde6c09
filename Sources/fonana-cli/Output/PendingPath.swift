import Glibc
import Synchronization

/// The path of the file that is being written, for handlers of signals, which can do little more than
/// remove it. One at a time.
enum PendingPath {
  /// The address of a C string; 0: none.
  private static let address = Atomic<UInt>(0)

  static func set(_ path: String) {
    for number in [SIGTERM, SIGHUP] {
      handle(number) { number in
        PendingPath.unlinkNow()
        signal(number, SIG_DFL)
        raise(number)
      }
    }
    free(replace(with: strdup(path)))
  }

  /// Unless the signal is ignored, as in `nohup` and in the background of a script.
  static func handle(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var former = sigaction()
    sigaction(number, nil, &former)
    let ignored = unsafeBitCast(SIG_IGN, to: UInt.self)
    guard unsafeBitCast(former.__sigaction_handler.sa_handler, to: UInt.self) != ignored else {
      return
    }
    signal(number, handler)
  }

  static func clear() { free(replace(with: nil)) }

  /// Safe in a handler of signals.
  static func unlinkNow() {
    guard let path = UnsafePointer<CChar>(bitPattern: address.load(ordering: .acquiring)) else {
      return
    }
    unlink(path)
  }

  private static func replace(
    with path: UnsafeMutablePointer<CChar>?
  ) -> UnsafeMutablePointer<CChar>? {
    let old = address.exchange(UInt(bitPattern: path), ordering: .acquiringAndReleasing)
    return UnsafeMutablePointer(bitPattern: old)
  }
}
