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

  func readAll() throws(FonanaError) -> [UInt8] {
    try StandardInput.read(from: readEnd.number, limit: 1 << 20, name: "fonanad's answer")
  }
}
