import FoundationEssentials
import Glibc

/// What this process uses, as the system counts it.
struct ProcessUsage {
  let pid = getpid()
  var residentBytes: Int64 = 0
  var anonymousBytes: Int64 = 0
  var cpuSeconds: Double = 0

  static var now: ProcessUsage {
    var usage = ProcessUsage()
    // Not "smaps_rollup": the kernel walks every page for it, which takes milliseconds.
    let lines = text("/proc/self/status").split(separator: "\n")
    usage.residentBytes = bytes("VmRSS:", in: lines)
    usage.anonymousBytes = bytes("RssAnon:", in: lines)
    var times = rusage()
    if getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &times) == 0 {
      usage.cpuSeconds = seconds(times.ru_utime) + seconds(times.ru_stime)
    }
    return usage
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
  }

  private static func bytes(_ name: String, in lines: [Substring]) -> Int64 {
    let line = lines.first { $0.hasPrefix(name) }
    return (line?.split(separator: " ").dropFirst().first.flatMap { Int64($0) } ?? 0) * 1024
  }

  private static func text(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    return String(decoding: FileBytes.readAll(descriptor, limit: 1 << 20) ?? [], as: UTF8.self)
  }
}
