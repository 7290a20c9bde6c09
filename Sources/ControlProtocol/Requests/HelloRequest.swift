/// May share a write with the first request.
package struct HelloRequest: Codable, Sendable, Hashable {
  package var clientVersion: String
  package var `protocol`: Int

  package init(clientVersion: String, protocol: Int = ControlVersion.current) {
    self.clientVersion = clientVersion
    self.protocol = `protocol`
  }
}

/// Who answers.
package struct HelloResult: Codable, Sendable, Hashable {
  package var daemonVersion: String
  package var `protocol`: Int
  package var pid: Int32
  package var profile: String
  /// The server this daemon talks to: scheme, host and port.
  @Nullable package var server: String?

  package init(
    daemonVersion: String, protocol: Int = ControlVersion.current, pid: Int32, profile: String,
    server: String? = nil
  ) {
    self.daemonVersion = daemonVersion
    self.protocol = `protocol`
    self.pid = pid
    self.profile = profile
    self.server = server
  }
}

/// The number both sides compare; it grows with every change that an older peer can't ignore.
package enum ControlVersion {
  package static let current = 1
}
