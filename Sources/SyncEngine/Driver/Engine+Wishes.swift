package import FonanaCore
import Synchronization

/// What the daemon may ask; each call returns when the core has answered.
extension Engine {
  /// Gets a token for `wallet` and pins the store. `keepNew: false`: when the account looks new,
  /// nothing is kept and the result says so. Throws also when the token holds only until the daemon
  /// ends, since it could not be written down.
  package func logIn(
    wallet: String, keepNew: Bool, proof: WalletProof? = nil
  ) async throws(FonanaError) -> LoginResult {
    let wish = Wish.logIn(wallet: wallet, keepNew: keepNew, proof: proof)
    guard case .loggedIn(let result) = try await ask(wish) else {
      throw Self.defect
    }
    let isKept = keepNew || !result.looksNew
    if isKept, let error = state.withLock(\.saveError) { throw error }
    return result
  }

  /// Returns when the engine knows what the disk holds: before that its status says that the token
  /// is missing.
  package func ready() async throws(FonanaError) { _ = try await ask(.ready) }

  /// Throws also when the token could not be taken off the disk.
  package func logOut() async throws(FonanaError) {
    _ = try await ask(.logOut)
    if let error = state.withLock(\.saveError) { throw error }
  }

  /// Returns after the commit.
  package func enqueue(_ item: OutboxItem) async throws(FonanaError) -> EnqueueResult {
    guard case .enqueued(let result) = try await ask(.enqueue(item)) else { throw Self.defect }
    return result
  }

  package func perform(_ command: OutboxCommand) async throws(FonanaError) {
    _ = try await ask(.outbox(command))
  }

  /// Makes the conversation as current as it can within `patience` (docs/reliability.md, “The mirror”).
  /// `wantsAll`: gaps are waited for too. `insists`: the server is asked in any case.
  package func prepareRead(
    _ conversation: ConversationID, wantsAll: Bool, insists: Bool = false, patience: Duration
  ) async -> ReadFreshness {
    let wish = Wish.prepareRead(
      conversation, wantsAll: wantsAll, insists: insists, patience: patience)
    guard case .read(let freshness)? = try? await ask(wish) else {
      return ReadFreshness(
        source: .stale, completeUpTo: nil, lastPullAt: nil, gaps: 0, didTick: false)
    }
    return freshness
  }

  /// Marks here what was shown; nothing is asked of the server.
  package func markRead(
    _ conversation: ConversationID, through position: MessagePosition
  ) async throws(FonanaError) {
    _ = try await ask(.markRead(conversation, through: position))
  }

  /// Asks for the list; false when it did not come within `patience`.
  package func refreshList(patience: Duration) async -> Bool {
    guard case .list(let isFresh)? = try? await ask(.refreshList(patience: patience)) else {
      return false
    }
    return isFresh
  }

  /// One call for a person; its failure is thrown.
  package func call(
    _ request: ServerRequest, patience: Duration
  ) async throws(FonanaError) -> ServerReply {
    guard case .reply(let reply) = try await ask(.call(request, patience: patience)) else {
      throw Self.defect
    }
    return reply
  }

  /// Closes the WebSocket and keeps it closed until `resumeSocket`, at most for `limit`.
  package func pauseSocket(limit: Duration) async { _ = try? await ask(.pauseSocket(limit: limit)) }

  /// Opens it again.
  package func resumeSocket() async { _ = try? await ask(.resumeSocket) }

  private static let defect = FonanaError(
    .internalDefect, "The engine gave an answer to another question.",
    hint: "Please report this with “fonana bugreport”.")

  private func ask(_ wish: Wish) async throws(FonanaError) -> WishAnswer {
    let answer = await withCheckedContinuation { continuation in
      let id = state.withLock { state -> WishID? in
        guard !state.isOver else { return nil }
        state.lastWish += 1
        let id = WishID(number: state.lastWish)
        state.waiters[id] = continuation
        return id
      }
      if let id {
        feed(.wished(id, wish))
      } else {
        continuation.resume(returning: .failed(Self.stopping))
      }
    }
    if case .failed(let error) = answer { throw error }
    return answer
  }

  func answer(_ wish: WishID, _ answer: WishAnswer) {
    state.withLock { $0.waiters.removeValue(forKey: wish) }?.resume(returning: answer)
  }
}
