import FonanaCore
import NIOWebSocket

/// What a peer must not do; the connection ends with the code that the standard names
/// (RFC 6455, 7.4.1).
enum SocketViolation: Error, Equatable {
  /// 1002
  case brokenFrame(String)
  /// 1007
  case badUTF8
  /// 1008
  case tooMany
  /// 1009
  case tooLarge

  var code: WebSocketErrorCode {
    switch self {
    case .brokenFrame: .protocolError
    case .badUTF8: .dataInconsistentWithMessage
    case .tooMany: .policyViolation
    case .tooLarge: .messageTooLarge
    }
  }

  var failure: ServerFailure {
    switch self {
    case .brokenFrame(let what):
      ServerFailure(.badBody, phase: .complete, detail: "1002, the server broke the rules: \(what)")
    case .badUTF8:
      ServerFailure(.badBody, phase: .complete, detail: "1007, a text was not UTF-8")
    case .tooMany:
      ServerFailure(
        .badBody, phase: .complete, detail: "1008, too many frames that say nothing of messages")
    case .tooLarge:
      ServerFailure(.tooLarge, phase: .complete, detail: "1009, a message was too large")
    }
  }
}
