import FonanaCore
import Logging
import Testing

@testable import FonanaAPI

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Runs `body` with a client of the server at `url`, and shuts it down.
func withClient<R: Sendable>(
  _ url: String, caFile: String? = nil, outbox: String = "/nonexistent",
  limits: APIConfiguration.Limits = .init(), proxy: APIConfiguration.Proxy? = nil,
  followingRedirects: Bool = false,
  _ body: (APIClient) async throws -> R
) async throws -> R {
  var configuration = try APIConfiguration(
    server: url, caFile: caFile, proxy: proxy, outboxFolder: outbox, version: "test",
    environment: [:])
  configuration.limits = limits
  configuration.followsRedirects = followingRedirects
  let client = APIClient(configuration, logger: quiet)
  do {
    let result = try await body(client)
    await client.shutdown()
    return result
  } catch {
    await client.shutdown()
    throw error
  }
}

extension APIClient {
  func call(_ request: ServerRequest) async -> ServerAnswer {
    await perform(request, wallet: "W", token: Redacted("T"))
  }
}

extension ServerAnswer {
  var reply: ServerReply? {
    if case .success(let reply, _) = self { reply } else { nil }
  }

  var failure: ServerFailure? {
    if case .failure(let failure) = self { failure } else { nil }
  }
}

extension ServerReply {
  var page: MessagePage? {
    if case .page(let page) = self { page } else { nil }
  }
}

let sampleMessage = ServerRequest.sendMessage(
  ConversationID("c1"), OutgoingMessage(cid: ClientID("cid-1"), content: "hello"))
let samplePage = ServerRequest.listMessages(
  ConversationID("c1"), limit: 2, before: nil, stopAt: nil)
