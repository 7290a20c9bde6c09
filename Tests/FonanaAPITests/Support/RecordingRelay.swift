import FonanaTestSupport
import Glibc

extension RawServer {
  /// Hands everything on to `port` of loopback and keeps what comes back in `answers`.
  static func relay(to port: Int, keeping answers: Monitor<[UInt8]>) throws -> RawServer {
    try RawServer { client in
      guard let server = try? LoopbackSocket.connected(to: port) else { return }
      onThread {
        while let bytes = LoopbackSocket.read(from: server) {
          answers.change { $0 += bytes }
          client.write(bytes)
        }
        close(server)
      }
      while let bytes = client.read(4096) {
        guard LoopbackSocket.write(bytes, to: server) else { break }
      }
      shutdown(server, Int32(SHUT_RDWR))
    }
  }
}
