import AsyncHTTPClient
import FonanaCore
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension ServerFailure {
  /// Names what went wrong on the way. Texts of the transport are not passed on: they can hold
  /// addresses with a token in them.
  init(transport error: any Error, phase: Phase, status: Int? = nil) {
    let (kind, detail) = Self.name(error, isUnsent: phase == .nothingWritten)
    self.init(kind, because: Self.cause(error), phase: phase, status: status, detail: detail)
  }

  /// Whether `error` comes from the connection, not from what went over it.
  static func isTransport(_ error: any Error) -> Bool {
    switch error {
    case is CancellationError, is HTTPClientError, is NIOConnectionError, is NIOSSLError,
      is BoringSSLError, is NIOSSLExtraError, is ChannelError, is IOError, is HTTPParserError:
      true
    default: false
    }
  }

  private static func name(_ error: any Error, isUnsent: Bool) -> (Kind, String) {
    switch error {
    case is CancellationError: (.cancelled, "cancelled")
    case let error as HTTPClientError: name(error)
    case let error as NIOConnectionError: (.noConnection, reason(error))
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
      isUnsent
        ? (.tls, "the certificate or the TLS handshake was refused")
        : (.connectionLost, "the TLS connection broke")
    case ChannelError.connectTimeout: (.timeout, "no connection in time")
    case let error as IOError:
      (isUnsent ? .noConnection : .connectionLost, reason(error))
    case is HTTPParserError: (.connectionLost, "the answer is not HTTP")
    case is ChannelError: (isUnsent ? .noConnection : .connectionLost, "the connection was closed")
    default:
      (isUnsent ? .noConnection : .connectionLost, "\(type(of: error))")
    }
  }

  private static func cause(_ error: any Error) -> Cause? {
    switch error {
    case let error as NIOConnectionError:
      guard let first = error.connectionErrors.first else { return .dns }
      return cause(first.error)
    case let error as IOError: return error.errnoCode == ECONNREFUSED ? .refused : nil
    case let error as HTTPClientError: return cause(error)
    default: return nil
    }
  }

  private static func cause(_ error: HTTPClientError) -> Cause? {
    switch error {
    case .proxyAuthenticationRequired: .proxyAuthentication
    case .invalidProxyResponse, .httpProxyHandshakeTimeout: .proxy
    default: nil
    }
  }

  private static func name(_ error: HTTPClientError) -> (Kind, String) {
    switch error {
    case .cancelled, .alreadyShutdown: (.cancelled, "cancelled")
    case .connectTimeout, .getConnectionFromPoolTimeout: (.timeout, "no connection in time")
    case .readTimeout, .writeTimeout: (.timeout, "no progress in time")
    case .deadlineExceeded: (.timeout, "no answer in time")
    case .tlsHandshakeTimeout: (.tls, "the TLS handshake did not end in time")
    case .proxyAuthenticationRequired: (.noConnection, "the proxy wants a password, 407")
    case .invalidProxyResponse, .httpProxyHandshakeTimeout: (.noConnection, "the proxy refused")
    default: (.connectionLost, "the connection was closed")
    }
  }

  private static func reason(_ error: NIOConnectionError) -> String {
    if let first = error.connectionErrors.first?.error {
      return (first as? IOError).map(reason) ?? "no connection in time"
    }
    return "the name \(error.host) can't be resolved"
  }

  private static func reason(_ error: IOError) -> String {
    String(cString: strerror(error.errnoCode)).lowercased()
  }
}
