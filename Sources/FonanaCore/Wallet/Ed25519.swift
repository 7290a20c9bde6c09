/// Keys and signatures of Ed25519 (RFC 8032), for one login with a key of the person's own.
///
/// Written out here since the command links no library of cryptography; checked against the
/// vectors of the RFC.
package enum Ed25519 {
  /// Of a seed of 32 bytes.
  package static func publicKey(of seed: [UInt8]) -> [UInt8] {
    CurvePoint.base(times: expanded(seed).scalar).bytes
  }

  package static func signature(of message: [UInt8], seed: [UInt8]) -> [UInt8] {
    let (scalar, prefix) = expanded(seed)
    let key = CurvePoint.base(times: scalar).bytes
    let nonce = reduced(SHA512.hash(prefix + message).map(Int64.init))
    let commitment = CurvePoint.base(times: nonce).bytes
    let challenge = reduced(SHA512.hash(commitment + key + message).map(Int64.init))
    var sum = nonce.map(Int64.init) + [Int64](repeating: 0, count: 32)
    for i in 0..<32 {
      for j in 0..<32 { sum[i + j] &+= Int64(challenge[i]) &* Int64(scalar[j]) }
    }
    return commitment + reduced(sum)
  }

  private static func expanded(_ seed: [UInt8]) -> (scalar: [UInt8], prefix: [UInt8]) {
    let hash = SHA512.hash(seed)
    var scalar = Array(hash[..<32])
    scalar[0] &= 248
    scalar[31] = scalar[31] & 127 | 64
    return (scalar, Array(hash[32...]))
  }

  /// The order of the base point.
  private static let order: [Int64] =
    [
      0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
      0x14,
    ] + [Int64](repeating: 0, count: 15) + [0x10]

  /// 64 little-endian digits of 8 bits, which may run over, modulo the order.
  private static func reduced(_ number: [Int64]) -> [UInt8] {
    var digits = number
    for i in (32..<64).reversed() {
      var carry: Int64 = 0
      for j in (i - 32)..<(i - 12) {
        digits[j] &+= carry &- 16 &* digits[i] &* order[j - (i - 32)]
        carry = (digits[j] &+ 128) >> 8
        digits[j] &-= carry << 8
      }
      digits[i - 12] &+= carry
      digits[i] = 0
    }
    var carry: Int64 = 0
    let top = digits[31] >> 4
    for j in 0..<32 {
      digits[j] &+= carry &- top &* order[j]
      carry = digits[j] >> 8
      digits[j] &= 255
    }
    for j in 0..<32 { digits[j] &-= carry &* order[j] }
    for i in 0..<32 {
      digits[i + 1] &+= digits[i] >> 8
      digits[i] &= 255
    }
    return digits[..<32].map { UInt8(truncatingIfNeeded: $0) }
  }
}
