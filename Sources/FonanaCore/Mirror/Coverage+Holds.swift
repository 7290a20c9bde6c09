extension Coverage {
  /// Whether a mirror with this coverage says that it has what stands at `position`. What a person
  /// has forgotten it does not claim.
  package func claims(_ position: MessagePosition) -> Bool {
    guard let newest, position <= newest else { return false }
    if let floor, position.createdAt < floor { return false }
    return !gaps.contains { gap in
      // Of the instant at its newer end a page may have held a part only.
      position.createdAt <= gap.newer.createdAt && (gap.older.map { $0 < position } ?? true)
    }
  }
}
