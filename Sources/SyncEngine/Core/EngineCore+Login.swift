import FonanaCore

/// Logging in and out.
extension EngineCore {
  mutating func logIn(wallet: String, keepNew: Bool, proof: WalletProof?, wish: WishID) {
    // Asking for a token makes an account at the server: not for one that can't be taken.
    if let account = session.account,
      ![account.wallet, session.wallet].contains(wallet) || account.origin != configuration.origin
    {
      return fail(wish, Self.otherAccount(than: account))
    }
    logins[wish] = Login(wallet: wallet, keepNew: keepNew)
    turn.log(.info, .tokenRequested, "login")
    submit(.requestToken(wallet: wallet, proof: proof), for: .logIn(wish), isAsked: true)
  }

  mutating func logInAnswered(_ answer: ServerAnswer, wish: WishID) {
    records.tokenRequested(.login, answer.outcome)
    switch answer {
    case .success(.token(let grant), let facts):
      guard let user = grant.user else {
        return endLogin(wish, .failed(Self.namelessAnswer))
      }
      logins[wish]?.grant = grant
      logins[wish]?.facts = facts
      guard refusal(for: user) == nil else {
        return endLogin(wish, .failed(refusal(for: user) ?? Self.namelessAnswer))
      }
      askWhetherNew(user, grant, wish)
    case .success: endLogin(wish, .failed(Self.namelessAnswer))
    case .failure(let failure): endLogin(wish, .failed(failure.asLoginAnswer))
    }
  }

  private static let namelessAnswer = FonanaError(
    .badAnswer, "The server gave no account for this wallet.", hint: "See “fonana doctor”.")

  /// The store belongs to one account at one server.
  private func refusal(for user: UserProfile) -> FonanaError? {
    guard let account = session.account else { return nil }
    guard account.userID != user.id || account.origin != configuration.origin else { return nil }
    return Self.otherAccount(than: account)
  }

  private static func otherAccount(than account: AccountRecord) -> FonanaError {
    FonanaError(
      .wrongAccount,
      "This profile belongs to \(account.nickname ?? account.wallet) at \(account.origin).",
      hint: "Use “--profile NAME” for another account, or “fonana logout --purge” first.")
  }

  private mutating func askWhetherNew(_ user: UserProfile, _ grant: TokenGrant, _ wish: WishID) {
    let mayBeNew = user.nickname?.hasPrefix("user_") ?? true
    guard mayBeNew, session.account == nil, let login = logins[wish], !login.keepNew else {
      return finishLogin(wish, looksNew: false)
    }
    send(
      .listConversations, for: .logInList(wish), isAsked: true,
      as: Credentials(wallet: login.wallet, token: grant.token))
  }

  mutating func logInListAnswered(_ answer: ServerAnswer, wish: WishID) {
    guard case .success(.conversations(let list), _) = answer else {
      return finishLogin(wish, looksNew: false)
    }
    finishLogin(wish, looksNew: list.isEmpty)
  }

  private mutating func finishLogin(_ wish: WishID, looksNew: Bool) {
    guard let login = logins[wish], let grant = login.grant, let user = grant.user else { return }
    let account = AccountRecord(
      origin: configuration.origin, userID: user.id, wallet: user.wallet ?? login.wallet,
      nickname: user.nickname, fullName: user.fullName)
    let result = LoginResult(
      account: account, generation: grant.generation, tokenExpiresAt: grant.expiresAt,
      looksNew: looksNew)
    guard !looksNew || login.keepNew else { return endLogin(wish, .loggedIn(result)) }
    logins[wish]?.result = result
    commit([.pinAccount(account), .noteUser(user)], then: .logIn(wish))
  }

  /// The account stands in the store.
  mutating func logInCommitted(_ wish: WishID) {
    guard let login = logins[wish], let grant = login.grant, let result = login.result else {
      return
    }
    session.account = result.account
    session.wallet = login.wallet
    poll.hasListed = false
    poll.isBacklogNext = true
    poll.sleepTotal = turn.now.boot - turn.now.monotonic  // a sleep before is old news
    poll.isAfterLogin = true
    session.isAccountMissing = false
    adopt(grant, login.facts ?? ServerFacts())
    endLogin(
      wish,
      .loggedIn(
        LoginResult(
          account: result.account, generation: session.generation,
          tokenExpiresAt: session.token?.expiresAt, looksNew: result.looksNew)))
    submit(.serverVersion, for: .version)
  }

  /// The store was emptied: nothing of the account is remembered.
  mutating func storePurged() {
    abandonRequests()
    let purged = EngineCore(configuration: configuration, seed: 0, now: turn.now)
    (session, book, poll, pulls) = (purged.session, purged.book, purged.poll, purged.pulls)
    (outbox, durable, unsaved) = (purged.outbox, purged.durable, [])
  }

  /// What was asked for this account is nothing for the one that logs in next.
  private mutating func abandonRequests() {
    answerListWishes(false)
    for id in pulls.readers.keys.sorted() { answerReaders(of: id, isFresh: false) }
    for abandoned in requests.giveUp(where: { !$0.isLogin }) {
      turn.emit(.cancel(abandoned.id))
      guard case .wish(let wish) = abandoned.purpose else { continue }
      let failure = ServerFailure(.cancelled, phase: .nothingWritten, detail: "logged out")
      wishAnswered(.failure(failure), wish)
    }
  }

  /// What was forgotten is not asked for again.
  mutating func storeForgot(_ id: ConversationID?, before limit: Timestamp) {
    book.forget(id, before: limit)
    for known in id.map({ [$0] }) ?? book.order {
      durable[known]?.forget(before: limit)
      for commit in commits.keys { commits[commit]?.coverages[known]?.forget(before: limit) }
    }
  }

  mutating func endLogin(_ wish: WishID, _ answer: WishAnswer) {
    logins[wish] = nil
    turn.emit(.answer(wish, answer))
  }

  /// The outbox stays, and waits for the same account.
  mutating func logOut(_ wish: WishID) {
    closeSocket()
    forgetToken()
    turn.emit(.cancelTimer(.tick))
    poll.isTicking = false
    failRefused(with: ServerFailure(.cancelled, phase: .nothingWritten, detail: "logged out"))
    turn.emit(.answer(wish, .done))
  }
}

/// A login under way.
struct Login: Sendable {
  var wallet: String
  var keepNew: Bool
  var grant: TokenGrant?
  var facts: ServerFacts?
  var result: LoginResult?
}
