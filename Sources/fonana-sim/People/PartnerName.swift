import FonanaCore

/// The ways in which a person may name a partner.
enum PartnerName: Int, CaseIterable, Sendable {
  case nickname, bare, capitalized, shouted, id, wallet

  func text(of profile: UserProfile) -> String {
    let nickname = profile.nickname ?? ""
    return switch self {
    case .nickname: "@" + nickname
    case .bare: nickname
    case .capitalized: nickname.prefix(1).uppercased() + nickname.dropFirst()
    case .shouted: "@" + nickname.uppercased()
    case .id: profile.id.rawValue
    case .wallet: profile.wallet ?? ""
    }
  }

  /// nil: `text` is none of the names of `profile`.
  init?(_ text: String, of profile: UserProfile) {
    guard let name = Self.allCases.first(where: { $0.text(of: profile) == text }) else {
      return nil
    }
    self = name
  }

  /// Whether what is known of a person says that this is a name of theirs.
  func isKnown(by profile: UserProfile) -> Bool {
    switch self {
    case .nickname, .bare, .capitalized, .shouted: profile.nickname != nil
    case .id: true
    case .wallet: profile.wallet != nil
    }
  }
}
