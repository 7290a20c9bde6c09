import ArgumentParser
import ControlProtocol
import FonanaCore

struct Watch: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print events as they happen.",
    discussion: """
      Example:  fonana watch --json | jq -r 'select(.event == "message.received").data.content'

      Watching marks nothing read; long texts may be cut unless --full is given, which fetches \
      (and so ticks) them.

      With --as, an event that was printed is done, and the name goes on after it next time. With \
      --manual only what “fonana watch --as NAME --ack CURSOR” names is done: all up to that event.
      """)

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("Go on after what this name has acknowledged.", valueName: "name"))
  var name: String?

  @Flag(help: "Fetch (and so mark read) messages, so that no text is cut.")
  var full = false

  @Flag(help: "With --as: print only; --ack says what is done.")
  var manual = false

  @Option(
    help: ArgumentHelp(
      "With --as: all up to this event is done; prints nothing else.", valueName: "cursor"))
  var ack: Int64?

  @Flag(help: "The names, and how far each has come.")
  var list = false

  @Option(help: ArgumentHelp("Forget this name and its place.", valueName: "name"))
  var forget: String?

  @Flag(help: "Of all profiles on this machine.")
  var allProfiles = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if name == nil, manual || ack != nil { throw ValidationError("--manual and --ack need --as") }
    if [list, forget != nil, ack != nil, manual || full || allProfiles].filter({ $0 }).count > 1
      || (name != nil && (list || forget != nil))
    {
      throw ValidationError("--list, --forget and --ack stand alone")
    }
  }

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    if list {
      try context.output.render(try context.call(Calls.listConsumers, NoParameters()))
    } else if let forget {
      let target = ConsumerTarget(name: forget)
      _ = try context.call(Calls.forgetConsumer, target)
      try context.output.render(
        Done("forgotten: \(DisplayText.line(forget, limit: 64))", target))
    } else if let name, let ack {
      try context.output.render(
        try context.call(Calls.acknowledge, AcknowledgeRequest(name: name, cursor: ack)))
    } else if allProfiles {
      try context.requireProfiles()
      watchAll(context)
      return .failed
    } else {
      try watch(context)
    }
    return .done
  }

  private var request: SubscribeRequest { SubscribeRequest(name: name, full: full) }
  private var acknowledges: Bool { name != nil && !manual }

  /// Returns when the last of them has failed.
  private func watchAll(_ context: Context) {
    BlockingThread.runAll(
      context.allProfiles.map { paths in
        let watch = WatchOfProfile(
          profile: paths.profile, request: request, acknowledges: acknowledges,
          global: context.global, environment: context.environment)
        return { watch.run() }
      })
  }

  private func watch(_ context: Context) throws(FonanaError) -> Never {
    let feed = EventFeed(context, request, acknowledges: acknowledges)
    try feed.open()
    while true {
      try context.output.render(try feed.next())
    }
  }
}

extension AcknowledgeResult: Renderable {
  func text(_ style: TextStyle) -> String {
    "\(DisplayText.line(name, limit: 64)) goes on after \(cursor)"
  }
}
