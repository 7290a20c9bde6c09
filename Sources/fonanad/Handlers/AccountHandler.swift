import ControlProtocol
import FonanaAPI
import FonanaCore
import LocalStore
import SyncEngine

/// `account.login`, `account.logout`, `account.get`.
struct AccountHandler: Sendable {
  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.logIn) { request, _ throws(FonanaError) in try await logIn(request) }
    router.on(Calls.logOut) { request, _ throws(FonanaError) in try await logOut(request) }
    router.on(Calls.account) { _, _ throws(FonanaError) in
      let account = try await context.loggedInAccount()
      return info(account, try await context.status())
    }
  }

  private func logIn(_ request: LoginRequest) async throws(FonanaError)
    -> ControlProtocol.LoginResult
  {
    let wallet = try WalletAddress(validating: request.wallet)
    if let server = request.server { try checkServer(server) }
    let result = try await context.engine.logIn(
      wallet: wallet.text, keepNew: request.keepNew,
      proof: request.proof.map {
        WalletProof(message: $0.message, signature: Redacted($0.signature))
      })
    // What follows a login finds its conversations.
    if request.keepNew || !result.looksNew { await context.refreshList(within: .seconds(3)) }
    var account = info(result.account, context.engine.status)
    account.generation = result.generation
    account.tokenExpiresAt = result.tokenExpiresAt
    return ControlProtocol.LoginResult(
      account: account, looksNew: result.looksNew, isKept: request.keepNew || !result.looksNew)
  }

  /// The daemon serves the server of its configuration only.
  private func checkServer(_ text: String) throws(FonanaError) {
    let origin = try context.api(for: text).origin
    guard origin != context.origin else { return }
    throw FonanaError(
      .wrongAccount, "The daemon is configured for \(context.origin), not for \(origin).",
      hint: "Type “fonana config set server \(origin)” and “fonana daemon restart”.")
  }

  private func logOut(_ request: LogoutRequest) async throws(FonanaError) -> NoParameters {
    if request.purge, !request.discardOutbox {
      let waiting = try await context.store.outboxItems().count
      guard waiting == 0 else {
        throw FonanaError(
          .conflict, DisplayText.count(waiting, "message") + " in the outbox would be lost.",
          hint: "Look at “fonana outbox”, or add --discard-outbox.")
      }
    }
    if try await context.account() != nil { try await context.engine.logOut() }
    guard request.purge else { return NoParameters() }
    try await context.store.purge(unlessMessagesWait: !request.discardOutbox)
    context.engine.storePurged()
    context.images.removeOrphans(keeping: [])
    return NoParameters()
  }

  private func info(_ account: AccountRecord, _ status: EngineStatus) -> AccountInfo {
    AccountInfo(
      profile: context.paths.profile.text, server: context.origin, account: account,
      status: status)
  }
}
