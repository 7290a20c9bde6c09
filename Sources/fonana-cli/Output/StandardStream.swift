import FonanaCore
import Glibc

/// stdout and stderr, written at once and whole.
enum StandardStream: Int32 {
  case output = 1
  case error = 2

  /// A file that is opened must not take the place of a closed stream, and be written into: in each
  /// stands what can't be read or written.
  static func occupyClosed() {
    for number in 0...2 as ClosedRange<Int32> where fcntl(number, F_GETFD) < 0 {
      _ = open("/dev/null", number == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  /// On stdout, a reader who has gone ends the command with `status`: that is no error of its own
  /// (`fonana inbox | head`). nil: what is not known yet decides how the command ends, so it goes
  /// on without its reader. What can't be written to stderr is left out: the command's exit code
  /// says more, and it must not change for it.
  func write(_ text: String, endingAs status: ExitStatus? = .done) {
    var text = text
    text.withUTF8 { write(UnsafeRawBufferPointer($0), endingAs: status) }
  }

  func write(_ bytes: UnsafeRawBufferPointer, endingAs status: ExitStatus? = .done) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(rawValue, rest.baseAddress, rest.count)
      if count > 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      } else if errno == EAGAIN {
        var question = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
        _ = poll(&question, 1, -1)
      } else if errno != EINTR {
        guard self == .output else { return }
        // A full disk behind `>` must not look like success.
        guard errno == EPIPE else { _exit(ExitStatus.storeUnwritable.rawValue) }
        guard let status else { return }
        _exit(status.rawValue)
      }
    }
  }

  var isTerminal: Bool { isatty(rawValue) == 1 }
}
