/// The answer of `doctor.run`: every link of the chain in order.
package struct DoctorReport: Codable, Sendable, Hashable {
  /// No link failed.
  package var ok: Bool
  package var checks: [DoctorLine]

  package init(checks: [DoctorLine]) {
    ok = !checks.contains { $0.status == .fail }
    self.checks = checks
  }

  /// Where to look first; nil when nothing failed.
  package var firstFailure: DoctorLine? { checks.first { $0.status == .fail } }
}

/// One link: what was tried, what came back, and what to do.
package struct DoctorLine: Codable, Sendable, Hashable {
  package enum Status: String, Codable, Sendable, CaseIterable {
    case ok
    /// It works, but something should be known.
    case warn
    case fail
    /// Not tried: a link before it is broken, or it does not apply.
    case skip
  }

  package var id: String
  package var title: String
  package var status: Status
  @Nullable package var tried: String?
  /// What came back; quoted where it comes from the wire, without secrets.
  package var detail: String
  /// The next step; null when there is none.
  @Nullable package var hint: String?
  package var durationMs: Int

  package init(
    id: String, title: String, status: Status, tried: String?, detail: String, hint: String?,
    durationMs: Int
  ) {
    self.id = id
    self.title = title
    self.status = status
    self.tried = tried
    self.detail = detail
    self.hint = hint
    self.durationMs = durationMs
  }
}
