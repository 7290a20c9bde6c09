import FonanaAPI
import FonanaCore
import SyncEngine

/// Gets the images of messages, as the account that is logged in.
struct MediaSource: Sendable {
  private let fetch: MediaFetch
  private let origin: String
  private let credentials: any CredentialPort

  init(_ fetch: MediaFetch, origin: String, credentials: any CredentialPort) {
    self.fetch = fetch
    self.origin = origin
    self.credentials = credentials
  }

  /// Checked: an image of a known kind and size.
  func image(at address: String) async throws(FonanaError) -> (bytes: [UInt8], format: ImageFormat)
  {
    let stored = try await credentials.load()
    // A token goes to the server it is bound to only.
    let known = stored?.origin == origin ? stored : nil
    let bytes = try await fetch.fetch(
      address, wallet: known?.wallet, token: known?.token, limit: ImageFormat.sizeLimit)
    guard let format = ImageFormat(head: bytes) else {
      throw FonanaError(.badAnswer, "What the server gave is no PNG, JPEG, GIF or WebP image.")
    }
    return (bytes, format)
  }
}
