extension WorldState {
  /// A look-up by wallet makes the user when it is new; id comes first, then nickname, then wallet.
  mutating func lookUpUser(_ request: APIRequest) throws(Rejection) -> APIResponse {
    if let id = nonEmpty(request.query("id")) {
      guard id.utf8.allSatisfy(Self.isAlphanumeric) else {
        throw Rejection(400, "Invalid ID format")
      }
      return try found(users[id])
    }
    if let nickname = nonEmpty(request.query("nickname")) {
      guard nickname.utf8.allSatisfy(isNicknameByte) else {
        throw Rejection(400, "Invalid nickname format")
      }
      return try found(user(nickname: nickname))
    }
    guard let wallet = nonEmpty(request.query("wallet")) else {
      throw Rejection(400, "Wallet address, ID or nickname required")
    }
    guard wallet.utf8.allSatisfy(Self.isAlphanumeric) else {
      throw Rejection(400, "Invalid wallet format")
    }
    return try found(findOrMakeUser(wallet: wallet))
  }

  private func found(_ user: WorldUser?) throws(Rejection) -> APIResponse {
    guard let user else {
      throw generation == .a
        ? Rejection(404, "User not found") : Rejection(500, "Failed to create user")
    }
    return .json(["user": user.profile(generation)])
  }

  private func nonEmpty(_ text: String?) -> String? {
    text.flatMap { $0.isEmpty ? nil : $0 }
  }

  private func isNicknameByte(_ byte: UInt8) -> Bool {
    Self.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      || (generation == .b && byte == UInt8(ascii: "."))
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
