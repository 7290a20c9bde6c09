extension WorldState {
  /// The user of a wallet, made when it is new.
  mutating func findOrMakeUser(wallet: String) -> WorldUser {
    user(wallet: wallet)
      ?? addUser(wallet: wallet, nickname: "user_" + wallet.prefix(8).lowercased())
  }

  @discardableResult
  mutating func addUser(
    wallet: String, nickname: String?, isCreator: Bool = false
  ) -> WorldUser {
    let user = WorldUser(
      id: makeID(), wallet: wallet, nickname: nickname, isCreator: isCreator, createdAt: now())
    perform(.addUser(user))
    return user
  }

  /// The conversation of the two, made when there is none yet.
  mutating func openConversation(
    from: String, to: String, at: Int64? = nil
  ) -> WorldConversation? {
    let id = conversationID(of: from, and: to) ?? makeID()
    if conversations[id] == nil {
      perform(.addConversation(id: id, from: from, to: to, createdAt: at ?? now()))
    }
    return conversations[id]
  }

  /// A wallet that nobody has.
  mutating func makeWallet() -> String {
    let id = makeID()
    return WalletAddress.encode(SHA256.digest(Array(id.utf8)))
  }
}
