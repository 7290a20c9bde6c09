import ControlProtocol
import FonanaCore
import Glibc
import LocalStore

/// `message.image`: writes an image into the descriptor that came with the request.
struct ImageHandler: Sendable {
  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.saveImage) { request, caller throws(FonanaError) in
      try await save(request, caller)
    }
  }

  private func save(_ request: ImageRequest, _ caller: Caller) async throws(FonanaError)
    -> ImageResult
  {
    guard let target = caller.takeDescriptor() else {
      throw FonanaError(.invalidInput, "The file to write into did not come with the request.")
    }
    // A pipe whose reader is slow would hold up everybody.
    var status = stat()
    guard fstat(target.number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw FonanaError(
        .invalidInput, "An image is written into a file only.", hint: "Use -o FILE.")
    }
    let address = try await address(of: request.id)
    let (bytes, format) = try await context.media.image(at: address)
    guard FileBytes.writeAll(target.number, bytes) else {
      throw FonanaError(
        .storeUnwritable, "The image could not be written: \(SystemError.text(errno)).")
    }
    return ImageResult(contentType: format.rawValue, byteCount: bytes.count)
  }

  /// Of an own, free or bought image only.
  private func address(of id: MessageID) async throws(FonanaError) -> String {
    guard let row = try await context.store.message(id, mode: context.mode) else {
      throw MessageHandler.unknown(id.rawValue)
    }
    guard !row.message.isLocked else {
      throw FonanaError(
        .refused, "The image is paid and not bought.", hint: "Buy it on the platform first.")
    }
    guard let address = row.message.mediaURL else {
      throw FonanaError(.notFound, "The message has no image.")
    }
    return address
  }
}
