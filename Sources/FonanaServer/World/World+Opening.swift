extension World {
  /// The world of the data file, or an empty one.
  static func opening(_ configuration: ServerConfiguration) throws(DataFileError) -> World {
    var state = WorldState(
      settings: configuration.worldSettings, pushes: configuration.pushes,
      seed: UInt64.random(in: 0...UInt64.max))
    guard let path = configuration.dataFile else { return World(state: state, file: nil) }
    let file = try DataFile(path: path)
    for act in try file.acts() { state.perform(act) }
    state.unsaved = []
    return World(state: state, file: file)
  }
}
