/// Runs a reference server on loopback around `body`: both ports listen before it begins, and the
/// server has ended when this returns, also by an error.
package func withReferenceServer<Result: Sendable>(
  _ configuration: ServerConfiguration = .init(),
  _ body: @Sendable (ReferenceServer) async throws -> Result
) async throws -> Result {
  let server = try ReferenceServer(configuration: configuration)
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await server.run() }
    defer { group.cancelAll() }
    try await server.waitUntilListening()
    do {
      let result = try await body(server)
      await server.stop()
      return result
    } catch {
      await server.stop()
      throw error
    }
  }
}
