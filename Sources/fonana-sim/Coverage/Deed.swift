/// What a person does in a schedule, or meets by it, that no state tells.
enum Deed: Int, CaseIterable, Sendable {
  case unresolvedEdited, queuedEdited, heldEdited, parkedEdited
  case editRefusedWhileSending, editRefusedInDoubt
  /// An older text was at the server, so that the newest one became a message of its own.
  case superseded
  /// By which name a message was taken, whose recipient was known then or not.
  case knownByNickname, knownByOtherCase, knownByID, knownByWallet
  case unknownByNickname, unknownByOtherCase, unknownByID, unknownByWallet
  /// A name was looked up while messages under another name of the same person waited.
  case namesakesMet
  /// A message under a condition was posted, was taken back since the other had written, and was
  /// released after it had been held.
  case conditionKept, conditionBroken, conditionalReleased
  /// An image went to the server, or once more, or was not taken; a message with one was posted,
  /// and one with a price.
  case imageUploaded, imageUploadedAgain, imageRefused, imageSent, paidSent
}

extension Deed {
  init(_ name: PartnerName, isKnown: Bool) {
    switch name {
    case .nickname, .bare: self = isKnown ? .knownByNickname : .unknownByNickname
    case .capitalized, .shouted: self = isKnown ? .knownByOtherCase : .unknownByOtherCase
    case .id: self = isKnown ? .knownByID : .unknownByID
    case .wallet: self = isKnown ? .knownByWallet : .unknownByWallet
    }
  }
}

/// How often each deed was done.
struct DeedTally: Sendable {
  private var counts = [Int](repeating: 0, count: Deed.allCases.count)

  subscript(deed: Deed) -> Int { counts[deed.rawValue] }

  mutating func count(_ deed: Deed) { counts[deed.rawValue] += 1 }

  mutating func add(_ other: DeedTally) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }
}
