/// How long a handler may go on after the client has given up.
enum Profile: String, CaseIterable, Sendable {
  /// Within the quarantine time: no duplicate may come to be.
  case p1 = "P1"
  /// Minutes: duplicates can come to be, and must be counted.
  case p2 = "P2"

  /// Counted from the sending. The quarantine lasts at least 60 s from there.
  var latestCommit: Int { self == .p1 ? 55 : 400 }
}
