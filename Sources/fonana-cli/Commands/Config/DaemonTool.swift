import ControlProtocol
import FonanaCore
import Glibc

/// Runs `fonanad` for what only it knows: its configuration. No daemon is started.
struct DaemonTool {
  private let context: Context
  init(_ context: Context) { self.context = context }

  /// What it printed. Its `error:` and `hint:` become ours.
  func run(_ arguments: [String]) throws(FonanaError) -> [UInt8] {
    let (output, error) = (try Pipe(), try Pipe())
    let child = try ChildProcess(
      try DaemonExecutable.find(context.environment),
      ["--profile", context.paths.profile.text] + arguments, environment: context.environment,
      input: .discard, output: .descriptor(output.writeEnd), error: .descriptor(error.writeEnd))
    output.closeWriteEnd()
    error.closeWriteEnd()
    // Both are small: neither pipe fills up while the other is read.
    let printed = try output.readAll()
    let said = try error.readAll()
    let code = child.waitForExit()
    guard code == 0 else {
      throw StartReport.error(
        log: String(decoding: said, as: UTF8.self), exitCode: code, prefix: "")
    }
    return printed
  }

  /// Gives each line that it prints to `take` when it comes. Its exit code is its verdict, and
  /// nothing that went wrong, unless no line came.
  func lines(
    _ arguments: [String], _ take: ([UInt8]) -> Void
  ) throws(FonanaError) {
    let (output, error) = (try Pipe(), try Pipe())
    let child = try ChildProcess(
      try DaemonExecutable.find(context.environment),
      ["--profile", context.paths.profile.text] + arguments, environment: context.environment,
      input: .discard, output: .descriptor(output.writeEnd), error: .descriptor(error.writeEnd))
    output.closeWriteEnd()
    error.closeWriteEnd()
    var count = 0
    try output.readLines { line in
      count += 1
      take(line)
    }
    let said = try error.readAll()
    let code = child.waitForExit()
    guard count == 0 else { return }
    throw StartReport.error(log: String(decoding: said, as: UTF8.self), exitCode: code, prefix: "")
  }

  func settings() throws(FonanaError) -> SettingListing {
    let bytes = try run(["config", "list", "--json"])
    return try ControlJSON.decode(SettingListing.self, from: bytes)
  }
}

private final class Pipe {
  private let readEnd: OwnedDescriptor
  private(set) var writeEnd: Int32

  init() throws(FonanaError) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw FonanaError(.internalDefect, "No pipe: \(SystemError.text(errno)).")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    readEnd = OwnedDescriptor(owning: ends[0])
    writeEnd = ends[1]
  }

  deinit { closeWriteEnd() }

  func closeWriteEnd() {
    if writeEnd >= 0 { close(writeEnd) }
    writeEnd = -1
  }

  func readLines(_ take: ([UInt8]) -> Void) throws(FonanaError) {
    var framer = LineFramer(limit: LineFramer.answerLimit)
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = read(readEnd.number, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      framer.append(chunk[..<count])
      while let line = try framer.next() { take(line) }
    }
  }

  func readAll() throws(FonanaError) -> [UInt8] {
    try StandardInput.read(from: readEnd.number, limit: 1 << 20, name: "fonanad's answer")
  }
}
