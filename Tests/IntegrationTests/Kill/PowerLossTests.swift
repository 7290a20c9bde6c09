import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Testing

extension InjectedFaults {
  /// What a power cut leaves is what was synced: strace shows the order.
  @Suite struct PowerLossTests {
    @Test func theLogIsSyncedBeforeTheAnswerIsWritten() async throws {
      let order = try await orderOfASend([])
      #expect(order.prefix(3) == ["asked", "written", "synced"], "\(order)")
      #expect(order.last == "answered", "\(order)")
    }

    @Test func aDaemonThatDoesNotSyncIsCaught() async throws {
      let order = try await orderOfASend(["--mutant", "sync-normal"])
      #expect(order.contains("answered") && !order.contains("synced"), "\(order)")
    }

    private func orderOfASend(_ options: [String]) async throws -> [String] {
      let scenario = KillScenario(name: "power loss", letters: 1, isServerAway: true)
      let found = Found()
      try await KillBench.with(scenario) { bench in
        try await bench.restore()
        try await bench.server.stopListening()
        let arguments =
          ["-s", "4000"]
          + Strace.arguments(
            tracing: ["pwrite64", "fdatasync", "recvmsg", "sendmsg", "sendto", "write", "writev"],
            report: bench.report, program: [bench.desk.daemon.path] + options)
        try await Program(Strace.path, environment: bench.desk.environment)
          .withRunning(["-y"] + arguments) { daemon in
            let ready = try await daemon.errors.nextLine(containing: Desk.readyMark)
            try #require(ready != nil)
            #expect(await bench.send(Letter(number: 1)).isDone)
            daemon.terminate()
            #expect(try await daemon.exit(within: .seconds(60)) == .code(0))
            _ = try await daemon.errors.wholeText()
          }
        let trace = SyncTrace(
          String(
            decoding: try Data(contentsOf: URL(filePath: bench.report)), as: UTF8.self),
          cid: Letter(number: 1).cid)
        found.set(trace.order.joined(separator: " "))
        try await bench.server.startListening()
      }
      return (found.value ?? "").split(separator: " ").map(String.init)
    }
  }
}

/// What happened to one letter, in order, from a trace with the paths of descriptors.
private struct SyncTrace {
  /// Of `asked`, `written` (to the log), `synced` (the log) and `answered`; repetitions and what
  /// comes after the answer are left out.
  private(set) var order: [String] = []
  private var unfinished: [Substring: Substring] = [:]

  init(_ report: String, cid: String) {
    for line in report.split(separator: "\n") {
      guard let (isBegin, isEnd, call) = part(line), order.last != "answered" else { continue }
      if isBegin, call.contains("recvmsg") == false { noteBegin(call, cid) }
      if isEnd { noteEnd(call, cid, line) }
    }
  }

  /// Whether the call begins or ends in this line; the text of its beginning.
  private mutating func part(_ line: Substring) -> (Bool, Bool, Substring)? {
    guard let space = line.firstIndex(of: " ") else { return nil }
    let (thread, rest) = (line[..<space], line[space...])
    if rest.contains(" resumed>") {
      return unfinished.removeValue(forKey: thread).map { (false, true, $0) }
    }
    guard rest.contains("<unfinished ...>") else { return (true, true, rest) }
    unfinished[thread] = rest
    return (true, false, rest)
  }

  private mutating func noteBegin(_ call: Substring, _ cid: String) {
    guard order.first == "asked" else { return }
    if call.contains("pwrite64("), call.contains("sqlite-wal>") { note("written") }
    if !call.contains("pwrite64("), call.contains(#"\"result\""#), call.contains(cid) {
      note("answered")
    }
  }

  private mutating func noteEnd(_ call: Substring, _ cid: String, _ line: Substring) {
    if call.contains("recvmsg("), line.contains(cid) || call.contains(cid) { note("asked") }
    if call.contains("fdatasync("), call.contains("sqlite-wal>"), line.hasSuffix("= 0"),
      order.contains("written")
    {
      note("synced")
    }
  }

  private mutating func note(_ step: String) {
    if order.last != step { order.append(step) }
  }
}
