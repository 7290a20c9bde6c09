/// A number modulo 2^255 - 19, in sixteen limbs of 16 bits that may run over.
struct FieldElement {
  private var limbs: [Int64]

  init(_ limbs: [Int64]) { self.limbs = limbs }

  static let zero = FieldElement([Int64](repeating: 0, count: 16))
  static let one = FieldElement([1] + [Int64](repeating: 0, count: 15))

  static func + (a: FieldElement, b: FieldElement) -> FieldElement {
    FieldElement(zip(a.limbs, b.limbs).map(&+))
  }

  static func - (a: FieldElement, b: FieldElement) -> FieldElement {
    FieldElement(zip(a.limbs, b.limbs).map(&-))
  }

  static func * (a: FieldElement, b: FieldElement) -> FieldElement {
    var sums = [Int64](repeating: 0, count: 31)
    for i in 0..<16 {
      for j in 0..<16 { sums[i + j] &+= a.limbs[i] &* b.limbs[j] }
    }
    for i in 0..<15 { sums[i] &+= 38 &* sums[i + 16] }
    var product = FieldElement(Array(sums[..<16]))
    product.carry()
    product.carry()
    return product
  }

  var inverse: FieldElement {
    var power = self
    for bit in (0...253).reversed() {
      power = power * power
      if bit != 2, bit != 4 { power = power * self }
    }
    return power
  }

  /// Little-endian, below the modulus.
  var bytes: [UInt8] {
    var reduced = self
    for _ in 0..<3 { reduced.carry() }
    for _ in 0..<2 { reduced.subtractModulusIfPossible() }
    return reduced.limbs.flatMap {
      [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
    }
  }

  var isOdd: Bool { bytes[0] & 1 == 1 }

  /// Without a branch on `condition`, which is a bit of a secret.
  static func swap(_ a: inout FieldElement, _ b: inout FieldElement, if condition: Int64) {
    let mask = -condition
    for i in 0..<16 {
      let difference = mask & (a.limbs[i] ^ b.limbs[i])
      a.limbs[i] ^= difference
      b.limbs[i] ^= difference
    }
  }

  private mutating func carry() {
    for i in 0..<16 {
      limbs[i] &+= 1 << 16
      let over = limbs[i] >> 16
      if i < 15 { limbs[i + 1] &+= over &- 1 } else { limbs[0] &+= 38 &* (over &- 1) }
      limbs[i] &-= over << 16
    }
  }

  private mutating func subtractModulusIfPossible() {
    var rest = FieldElement.zero
    rest.limbs[0] = limbs[0] &- 0xffed
    for i in 1..<15 {
      rest.limbs[i] = limbs[i] &- 0xffff &- (rest.limbs[i - 1] >> 16 & 1)
      rest.limbs[i - 1] &= 0xffff
    }
    rest.limbs[15] = limbs[15] &- 0x7fff &- (rest.limbs[14] >> 16 & 1)
    let isNegative = rest.limbs[15] >> 16 & 1
    rest.limbs[14] &= 0xffff
    FieldElement.swap(&self, &rest, if: 1 - isNegative)
  }
}
