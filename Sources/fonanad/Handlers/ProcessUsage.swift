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
    usage.residentBytes = pages("/proc/self/statm", field: 1) * Int64(sysconf(Int32(_SC_PAGESIZE)))
    usage.anonymousBytes =
      (kilobytes("/proc/self/smaps_rollup", "Anonymous:")
        ?? kilobytes("/proc/self/status", "RssAnon:") ?? 0) * 1024
    var times = rusage()
    if getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &times) == 0 {
      usage.cpuSeconds = seconds(times.ru_utime) + seconds(times.ru_stime)
    }
    return usage
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
  }

  private static func pages(_ path: String, field: Int) -> Int64 {
    let fields = text(path).split(separator: " ")
    return fields.count > field ? Int64(fields[field]) ?? 0 : 0
  }

  private static func kilobytes(_ path: String, _ name: String) -> Int64? {
    let line = text(path).split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int64($0) }
  }

  private static func text(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    return String(decoding: FileBytes.readAll(descriptor, limit: 1 << 20) ?? [], as: UTF8.self)
  }
}
