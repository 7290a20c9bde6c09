/// Each link is told as a note `doctor.check` when it has been tried; all of them are the answer.
package struct DoctorRequest: Codable, Sendable, Hashable {
  /// Nothing is asked of the network.
  package var offline: Bool
  /// Of the command, which may be another than the daemon's.
  @Nullable package var clientVersion: String?

  package init(offline: Bool = false, clientVersion: String? = nil) {
    self.offline = offline
    self.clientVersion = clientVersion
  }
}
