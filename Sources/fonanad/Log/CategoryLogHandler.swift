import Logging

/// Takes the lines of one logger to the sink. The logger's label is the category; an entry
/// `category` in the metadata of a line overrides it, and an entry `stage` is told apart.
struct CategoryLogHandler: LogHandler {
  let category: String
  let sink: LogSink
  var metadata: Logger.Metadata = [:]

  init(category: String, sink: LogSink) {
    self.category = category
    self.sink = sink
  }

  /// One level for all loggers, so that it can be changed while the daemon runs.
  var logLevel: Logger.Level {
    get { sink.level }
    set {}
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var fields = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues(\.description)
    let named = fields.removeValue(forKey: "category")
    let stage = fields.removeValue(forKey: "stage")
    if let error = event.error { fields["error"] = "\(error)" }
    sink.write(
      event.level, category: named ?? category, stage: stage,
      message: event.message.description, fields: fields)
  }
}
