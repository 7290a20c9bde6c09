extension Duration {
  /// To the microsecond.
  var inSeconds: Double { Double(wholeMicroseconds) / 1_000_000 }

  /// To the microsecond.
  var inMilliseconds: Double { Double(wholeMicroseconds) / 1000 }

  private var wholeMicroseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
  }
}
