/// What the daemon writes into the lock it holds.
package struct LockRecord: Codable, Sendable, Hashable {
  package var pid: Int32
  package var version: String
  package var socketPath: String

  package init(pid: Int32, version: String, socketPath: String) {
    self.pid = pid
    self.version = version
    self.socketPath = socketPath
  }
}
