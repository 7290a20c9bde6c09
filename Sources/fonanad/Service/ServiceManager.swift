import ControlProtocol
import Glibc

/// The service manager that has started this process, spoken to as `sd_notify(3)` describes: a
/// datagram with a line for each fact.
struct ServiceManager: Sendable {
  /// How long it waits for a sign of progress before it restarts the daemon; nil: it does not.
  let watchdog: Duration?
  private let address: sockaddr_un
  private let length: socklen_t

  /// nil when there is none, or when it means another process.
  init?(_ environment: [String: String]) {
    guard let path = environment["NOTIFY_SOCKET"], let first = path.first, "/@".contains(first),
      path.utf8.count <= ProfilePaths.longestSocketPath
    else { return nil }
    var bytes = Array(path.utf8)
    // Of the abstract kind, whose names begin with a zero.
    if first == "@" { bytes[0] = 0 }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    self.address = address
    let head = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
    length = socklen_t(head + bytes.count)
    watchdog = Self.watchdog(environment)
  }

  private static func watchdog(_ environment: [String: String]) -> Duration? {
    guard environment["WATCHDOG_PID"].map({ $0 == String(getpid()) }) ?? true else { return nil }
    return environment["WATCHDOG_USEC"].flatMap(Int.init).flatMap {
      $0 > 0 ? .microseconds($0) : nil
    }
  }

  /// Never waits: a manager that does not listen is not told.
  func tell(_ lines: String...) {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let text = lines.joined(separator: "\n")
    _ = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(
          descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT),
          $0, length)
      }
    }
  }
}
