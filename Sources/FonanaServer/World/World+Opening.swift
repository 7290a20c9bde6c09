extension World {
  /// The world of the data file, or an empty one.
  static func opening(_ configuration: ServerConfiguration) throws(JournalError) -> World {
    var state = WorldState(
      settings: configuration.worldSettings, pushes: configuration.pushes,
      seed: UInt64.random(in: 0...UInt64.max))
    guard let path = configuration.dataFile else { return World(state: state, journal: nil) }
    let journal = try JournalFile(path: path) { state.perform($0) }
    state.journal = []
    return World(state: state, journal: journal)
  }
}
