import AsyncHTTPClient
package import FonanaCore
import FoundationEssentials
package import Logging
import NIOCore
import NIOHTTP1
import NIOPosix

/// Gets the file of a message from the server.
///
/// Rare, so each fetch has a client of its own that is gone afterwards.
package struct MediaFetch: Sendable {
  private let configuration: APIConfiguration
  private let logger: Logger

  package init(_ configuration: APIConfiguration, logger: Logger) {
    self.configuration = configuration
    self.logger = logger
  }

  /// The bytes of a file of the server's own host; other hosts are never asked, and redirects not
  /// followed. `address` is absolute or begins with `/`. Throws `invalidInput` for other hosts.
  package func fetch(
    _ address: String, wallet: String?, token: Redacted<String>?, limit: Int
  ) async throws(FonanaError) -> [UInt8] {
    let url = try url(of: address)
    let client = HTTPClient(
      eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton),
      configuration: .fonana(configuration))
    let result = await get(url, client, wallet: wallet, token: token, limit: limit)
    try? await client.shutdown()
    return try result.get()
  }

  private func url(of address: String) throws(FonanaError) -> String {
    if address.hasPrefix("/"), !address.hasPrefix("//") { return configuration.origin + address }
    guard let parts = URLComponents(string: address), let scheme = parts.scheme?.lowercased(),
      scheme == (configuration.server.isSecure ? "https" : "http"),
      let host = parts.host?.lowercased(), host == configuration.server.host.lowercased(),
      (parts.port ?? (scheme == "https" ? 443 : 80)) == configuration.server.port
    else {
      throw FonanaError(
        .invalidInput, "The file is not on the server's own host, so it is not fetched.",
        hint: "“fonana show --json” tells its address.")
    }
    return address
  }

  private func get(
    _ url: String, _ client: HTTPClient, wallet: String?, token: Redacted<String>?, limit: Int
  ) async -> Result<[UInt8], FonanaError> {
    var request = HTTPClientRequest(url: url)
    request.headers.add(name: "User-Agent", value: configuration.userAgent)
    if let wallet { request.headers.add(name: "x-user-wallet", value: wallet) }
    if let token {
      request.headers.add(name: "Authorization", value: "Bearer \(token.exposed)")
    }
    do {
      let response = try await client.execute(request, timeout: .seconds(60))
      guard response.status == .ok else { return .failure(Self.refused(response.status.code)) }
      let body = try await response.body.collect(upTo: limit)
      return .success(Array(body.readableBytesView))
    } catch is NIOTooManyBytesError {
      return .failure(FonanaError(.badAnswer, "The file is larger than \(limit >> 20) MiB."))
    } catch {
      logger.info("a file could not be fetched", metadata: ["reason": "\(type(of: error))"])
      return .failure(
        FonanaError(
          .serverUnreachable, "The file could not be fetched from the server.",
          hint: "Check the network, then “fonana doctor”."))
    }
  }

  private static func refused(_ status: UInt) -> FonanaError {
    status == 404
      ? FonanaError(.notFound, "The server does not have the file any more.")
      : FonanaError(.badAnswer, "The server answered with status \(status) for the file.")
  }
}
