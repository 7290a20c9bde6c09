import ControlProtocol

extension GapInfo.Reason {
  /// Stands before the message that the gap ends at.
  var sentence: String {
    switch self {
    case .notFetched: "Messages before the next one have not been fetched yet."
    case .unreadable: "A message here can't be read: it is larger than 8 MiB, or broken."
    }
  }
}
