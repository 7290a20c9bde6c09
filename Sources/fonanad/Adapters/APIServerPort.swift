import FonanaAPI
import FonanaCore
import SyncEngine

/// The HTTP client as the engine wants it, with its requests counted.
struct APIServerPort: ServerPort {
  let client: APIClient
  let metrics: DaemonMetrics

  func perform(_ request: ServerRequest, as credentials: Credentials?) async -> ServerAnswer {
    let began = ContinuousClock.now
    let answer = await client.perform(
      request, wallet: credentials?.wallet, token: credentials?.token)
    metrics.requestEnded(request, answer, after: began.duration(to: .now))
    return answer
  }
}
