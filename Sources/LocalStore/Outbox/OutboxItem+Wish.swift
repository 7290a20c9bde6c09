import FonanaCore

extension OutboxItem {
  /// A fingerprint (FNV-1a, 64 bits) of what `isSameWish` compares, for the time after the item
  /// itself is gone. It tells a repeated command from a mistaken one; it guards nothing.
  var wish: Int64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for field in [recipient.text, content, image?.digest, price.map { "\($0)" }] {
      // 0xFF is in no UTF-8 text, so fields can't run into each other.
      for byte in (field.map { Array($0.utf8) } ?? [0xFE]) + [0xFF] {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
      }
    }
    return Int64(bitPattern: hash)
  }
}
