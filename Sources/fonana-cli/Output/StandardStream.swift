import Glibc

/// stdout and stderr, written at once and whole.
enum StandardStream: Int32 {
  case output = 1
  case error = 2

  /// Who reads has gone: that is no error of ours (`fonana inbox | head`).
  func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(rawValue, rest.baseAddress, rest.count)
        if count > 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        } else if errno == EAGAIN {
          var question = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
          _ = poll(&question, 1, -1)
        } else if errno != EINTR {
          fail(errno)
        }
      }
    }
  }

  var isTerminal: Bool { isatty(rawValue) == 1 }

  private func fail(_ number: Int32) -> Never {
    // A full disk behind `>` must not look like success.
    _exit(self == .output && number != EPIPE ? 74 : 0)
  }
}
