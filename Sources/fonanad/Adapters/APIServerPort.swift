import FonanaAPI
import FonanaCore
import SyncEngine

/// The HTTP client as the engine wants it.
struct APIServerPort: ServerPort {
  let client: APIClient

  func perform(_ request: ServerRequest, as credentials: Credentials?) async -> ServerAnswer {
    await client.perform(request, wallet: credentials?.wallet, token: credentials?.token)
  }
}
