struct SocketSettings: Sendable {
  /// From the upgrade to `connected`; frames that come before are lost.
  let connectedDelay: Duration
  let pingInterval: Duration
}
