import Dispatch
import Glibc

/// What a program writes to one of its streams, readable while it still runs.
///
/// A thread of its own reads the pipe until its end; everything it has read stays in memory, so
/// this is for tests and their few kilobytes.
package final class ProgramOutput: Sendable {
  private struct State: Sendable {
    var bytes: [UInt8] = []
    /// Where the next line begins that nobody has asked for yet.
    var nextLine = 0
    var isAtEnd = false
  }

  private let monitor = Monitor(State())

  /// Takes over `descriptor` and closes it at the end of the stream.
  init(readingFrom descriptor: Int32, label: String) {
    DispatchQueue(label: label).async { [self] in
      readToEnd(descriptor)
      close(descriptor)
    }
  }

  package var text: String { monitor.read { String(decoding: $0.bytes, as: UTF8.self) } }

  /// Waits for the end of the stream and gives all of it.
  package func wholeText() async throws -> String {
    try await monitor.wait { state in
      state.isAtEnd ? String(decoding: state.bytes, as: UTF8.self) : nil
    }
  }

  /// The next line that contains `part`; lines before it are passed over. Nil when the stream has
  /// ended without one.
  package func nextLine(containing part: String = "") async throws -> String? {
    try await monitor.wait { state -> String?? in
      while let line = Self.takeLine(from: &state) {
        if part.isEmpty || line.contains(part) { return .some(line) }
      }
      return state.isAtEnd ? .some(nil) : nil
    }
  }

  private static func takeLine(from state: inout State) -> String? {
    guard let end = state.bytes[state.nextLine...].firstIndex(of: UInt8(ascii: "\n")) else {
      return nil
    }
    let line = String(decoding: state.bytes[state.nextLine..<end], as: UTF8.self)
    state.nextLine = end + 1
    return line
  }

  private func readToEnd(_ descriptor: Int32) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count > 0 {
        let piece = Array(buffer[..<count])
        monitor.change { $0.bytes += piece }
      } else if count == 0 || errno != EINTR {
        monitor.change { $0.isAtEnd = true }
        return
      }
    }
  }
}
