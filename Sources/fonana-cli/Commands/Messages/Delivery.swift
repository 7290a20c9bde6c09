import ControlProtocol
import FonanaCore
import Glibc

/// Hands a message to the daemon.
struct Delivery {
  private let request: SendRequest
  private let image: ImageFile?
  private let patience: Duration

  init(_ request: SendRequest, _ image: ImageFile?, patience: Duration) {
    self.request = request
    self.image = image
    self.patience = patience
  }

  /// When the connection breaks before the answer, the daemon may or may not have taken the
  /// message: the same `cid` once more is harmless and tells.
  func run(_ context: Context) throws(FonanaError) -> SendResult {
    let daemon = try context.connect()
    do {
      return try hand(to: daemon)
    } catch  where error.code == .daemonUnavailable {
      return try hand(to: try context.connect())
    }
  }

  private func hand(to daemon: Daemon) throws(FonanaError) -> SendResult {
    if let image { lseek(image.descriptor.number, 0, SEEK_SET) }
    return try daemon.call(
      Calls.send, request, passing: image?.descriptor.number, patience: patience)
  }
}
