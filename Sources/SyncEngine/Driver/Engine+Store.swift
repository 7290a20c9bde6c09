import FonanaCore

/// Transactions in the order in which the core wanted them.
extension Engine {
  func commitInOrder(_ commits: AsyncStream<(TransactionID, [StoreAct])>) async {
    for await (id, acts) in commits {
      do throws(FonanaError) {
        let result = try await store.perform(acts, at: clock.now.wall)
        if !result.events.isEmpty { onEvents(result.events) }
        feed(.committed(id, result))
      } catch {
        log.storeFailed(error)
        feed(.commitFailed(id, error))
      }
    }
  }

  func save(_ stored: StoredCredentials) async {
    do throws(FonanaError) { try await credentials.save(stored) } catch { log.storeFailed(error) }
  }
}
