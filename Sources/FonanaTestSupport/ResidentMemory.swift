/// What a process has had of real memory at most, in bytes.
package enum ResidentMemory {
  /// nil: no such process.
  package static func peak(of pid: Int32) -> Int? {
    guard let home = try? TemporaryHome.text(at: "/proc/\(pid)/status") else { return nil }
    let line = home.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").compactMap { Int($0) }.first.map { $0 * 1024 }
  }
}
