import FonanaCore

extension ClientID {
  /// A person may write a UUID in capitals.
  init(typed text: String) { self.init(text.lowercased()) }

  /// A random UUID, version 4, in lower case.
  static func random() -> ClientID {
    var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
    bytes[6] = bytes[6] & 0x0f | 0x40
    bytes[8] = bytes[8] & 0x3f | 0x80
    let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    let groups = [hex[0..<4], hex[4..<6], hex[6..<8], hex[8..<10], hex[10..<16]]
    return ClientID(groups.map { $0.joined() }.joined(separator: "-"))
  }
}
