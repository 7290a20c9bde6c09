import FonanaTestSupport
import FoundationEssentials

/// Debian's strace, which changes what chosen system calls of a program do.
enum Strace {
  static let path = "/usr/bin/strace"
  static let isThere = FileManager.default.isExecutableFile(atPath: path)

  /// Arguments that start `program` as the child of the caller, which sees its end; the tracer
  /// stands aside. Counts of an injection are those of one thread and one kind of call.
  static func arguments(
    tracing calls: [String], _ injection: Injection? = nil, report: String, program: [String]
  ) -> [String] {
    ["-D", "-f", "-qq", "-o", report, "-e", "trace=" + calls.joined(separator: ",")]
      + (injection.map { ["-e", $0.argument] } ?? []) + program
  }

  /// The most calls of each kind that one thread has made.
  static func counts(in report: String) -> [String: Int] {
    var counts: [Substring: Int] = [:]
    for line in report.split(separator: "\n") {
      let words = line.split(separator: " ", omittingEmptySubsequences: true)
      guard words.count > 1, let end = words[1].firstIndex(of: "(") else { continue }
      counts["\(words[0]) \(words[1][..<end])", default: 0] += 1
    }
    return counts.reduce(into: [:]) { result, entry in
      let call = String(entry.key.split(separator: " ")[1])
      result[call] = max(result[call] ?? 0, entry.value)
    }
  }
}
