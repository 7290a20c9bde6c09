import FonanaServer
import FonanaTestSupport
import Glibc
import Testing

extension RealBinaries {
  /// A daemon that is told to end while it is still being made.
  @Suite struct EarlyStopTests {
    @Test func aSignalAtAnyMomentEndsItInOrderAndIsNoCrash() async throws {
      try await withScene { scene in
        var early = 0
        for pause in stride(from: 10, through: 100, by: 10) {
          let daemon = try scene.desk.daemon.start([])
          // A process that has not come to its first line yet ends by the signal, as any does.
          while daemon.ended == nil, !SignalMask.catches(SIGTERM, daemon.pid) {}
          usleep(UInt32(pause * 100))  // not a wait: the moment is what is tried
          if !daemon.errors.text.contains(Desk.readyMark) { early += 1 }
          daemon.terminate()
          let exit = try await daemon.exit(within: .seconds(20))
          #expect(exit == .code(0), "\(daemon.errors.text.suffix(500))")
        }
        #expect(early > 0)
        try await scene.desk.withDaemon { _ in
          let status = try await scene.desk.status()
          #expect(status.daemon.lastExit == "stopped")
        }
      }
    }
  }
}

/// What a process does with signals, by /proc.
private enum SignalMask {
  static func catches(_ signal: Int32, _ pid: Int32) -> Bool {
    caught(by: pid) >> UInt64(signal - 1) & 1 == 1
  }

  /// A bit for each signal that has a handler, the lowest is signal 1.
  private static func caught(by pid: Int32) -> UInt64 {
    guard let file = fopen("/proc/\(pid)/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard text.hasPrefix("SigCgt:") else { continue }
      return UInt64(text.dropFirst(7).filter(\.isHexDigit), radix: 16) ?? 0
    }
    return 0
  }
}
