/// A point of edwards25519 in extended coordinates.
struct CurvePoint {
  private var x: FieldElement
  private var y: FieldElement
  private var z: FieldElement
  private var t: FieldElement

  private static let twiceD = FieldElement([
    0xf159, 0x26b2, 0x9b94, 0xebd6, 0xb156, 0x8283, 0x149a, 0x00e0, 0xd130, 0xeef3, 0x80f2, 0x198e,
    0xfce7, 0x56df, 0xd9dc, 0x2406,
  ])
  private static let baseX = FieldElement([
    0xd51a, 0x8f25, 0x2d60, 0xc956, 0xa7b2, 0x9525, 0xc760, 0x692c, 0xdc5c, 0xfdd6, 0xe231, 0xc0a4,
    0x53fe, 0xcd6e, 0x36d3, 0x2169,
  ])
  private static let baseY = FieldElement([0x6658] + [Int64](repeating: 0x6666, count: 15))

  private static let neutral = CurvePoint(x: .zero, y: .one, z: .one, t: .zero)
  private static let base = CurvePoint(x: baseX, y: baseY, z: .one, t: baseX * baseY)

  /// The base point times a little-endian number of 32 bytes; takes the same steps for each.
  static func base(times scalar: [UInt8]) -> CurvePoint {
    var (result, other) = (neutral, base)
    for bit in (0..<256).reversed() {
      let isSet = Int64(scalar[bit / 8] >> UInt8(bit % 8) & 1)
      swap(&result, &other, if: isSet)
      other = other + result
      result = result + result
      swap(&result, &other, if: isSet)
    }
    return result
  }

  static func + (p: CurvePoint, q: CurvePoint) -> CurvePoint {
    let a = (p.y - p.x) * (q.y - q.x)
    let b = (p.x + p.y) * (q.x + q.y)
    let c = p.t * q.t * twiceD
    let d = p.z * q.z + p.z * q.z
    let (e, f, g, h) = (b - a, d - c, d + c, b + a)
    return CurvePoint(x: e * f, y: h * g, z: g * f, t: e * h)
  }

  /// As keys and signatures hold it.
  var bytes: [UInt8] {
    let inverse = z.inverse
    var bytes = (y * inverse).bytes
    if (x * inverse).isOdd { bytes[31] ^= 0x80 }
    return bytes
  }

  private static func swap(_ a: inout CurvePoint, _ b: inout CurvePoint, if condition: Int64) {
    FieldElement.swap(&a.x, &b.x, if: condition)
    FieldElement.swap(&a.y, &b.y, if: condition)
    FieldElement.swap(&a.z, &b.z, if: condition)
    FieldElement.swap(&a.t, &b.t, if: condition)
  }
}
