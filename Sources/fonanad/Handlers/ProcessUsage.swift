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
    usage.readMemory()
    var times = rusage()
    if getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &times) == 0 {
      usage.cpuSeconds = seconds(times.ru_utime) + seconds(times.ru_stime)
    }
    return usage
  }

  /// From "statm" (proc(5)): the second number is what is resident, the third what of it is
  /// shared with files, in pages. Not "smaps_rollup": for that the kernel walks every page.
  private mutating func readMemory() {
    let pages = Self.numbers("/proc/self/statm")
    guard pages.count > 2 else { return }
    let pageSize = Int64(sysconf(Int32(_SC_PAGESIZE)))
    residentBytes = pages[1] * pageSize
    anonymousBytes = (pages[1] - pages[2]) * pageSize
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
  }

  private static func numbers(_ path: String) -> [Int64] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    let bytes = FileBytes.readAll(descriptor, limit: 4096) ?? []
    return bytes.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
      .compactMap { Int64(String(decoding: $0, as: UTF8.self)) }
  }
}
