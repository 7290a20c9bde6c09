import FonanaCore
import NIOSSL
import NIOHTTP1

extension ServerFailure {
  /// Names why a WebSocket could not be opened.
  init(socket error: any Error, phase: Phase) {
    switch error {
    case let failure as ServerFailure: self = failure
    case NIOSSLError.handshakeFailed, is NIOSSLExtraError, is BoringSSLError:
      self.init(
        .tls, phase: .nothingWritten, detail: "the certificate or the TLS handshake was refused")
    case is NIOHTTPClientUpgradeError:
      self.init(.badBody, phase: .headersRead, detail: "the upgrade was answered wrongly")
    default: self.init(transport: error, phase: phase)
    }
  }
}
