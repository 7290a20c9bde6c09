import ServiceLifecycle

/// Ends all subscriptions when the daemon stops, before the socket is closed.
struct HubCloser: Service {
  let hub: EventHub

  func run() async throws {
    try? await gracefulShutdown()
    hub.close()
  }
}
