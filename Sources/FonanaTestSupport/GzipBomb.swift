/// What inflates to far more than it is.
package enum GzipBomb {
  /// `start` and so many zeros behind it, made by the system's gzip.
  package static func make(_ start: String, zeros: Int) async throws -> [UInt8] {
    try await withTemporaryHome { home in
      let made = try await Program("/bin/sh", environment: ["PATH": "/usr/bin:/bin"]).run([
        "-c", "{ printf '%s' \"$0\"; head -c \(zeros) /dev/zero; } | gzip -1 >\"$1\"",
        start, home.path("bomb"),
      ])
      guard made.status == 0 else { throw SystemCallError("gzip", made.status) }
      return try home.bytes(of: "bomb")
    }
  }
}
