import FonanaAPI
import FonanaCore

extension SocketSight {
  /// How far it came and how it ended.
  var words: String {
    if let complaint { return "“error”: “\(DisplayText.line(complaint, limit: 120))”" }
    if let failure { return failure.detail }
    let reached =
      switch reached {
      case .nothing: "no upgrade"
      case .upgraded: "101"
      case .greeted: "101, “connected”"
      case .subscribed: "101, “connected”, “subscribed”"
      case .answered: "101, “connected”, “subscribed”, pong"
      }
    guard let closeCode else { return "\(reached), then nothing in time" }
    let reason = closeReason.isEmpty ? "" : " “\(DisplayText.line(closeReason, limit: 80))”"
    return "\(reached), then closed with \(closeCode)\(reason)"
  }
}

extension APIConfiguration {
  /// As a person knows it, without its query.
  var socketAddress: String {
    "\(socket.isSecure ? "wss" : "ws")://\(socket.authority)\(socket.path)"
  }
}
