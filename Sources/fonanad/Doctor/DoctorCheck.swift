/// Tries one link.
protocol DoctorCheck: Sendable {
  var link: DoctorLink { get }
  var title: String { get }
  /// Links without which this one can't be judged.
  var needs: [DoctorLink] { get }
  /// Whether it asks something of the network.
  var isOnline: Bool { get }
  /// Whether it opens a WebSocket of its own, so that the daemon's has to be closed before.
  var opensSocket: Bool { get }

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding
}

extension DoctorCheck {
  var needs: [DoctorLink] { [] }
  var isOnline: Bool { true }
  var opensSocket: Bool { false }
}
