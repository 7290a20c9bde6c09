import ArgumentParser
import ControlProtocol
import FonanaCore

struct Forget: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove messages from this machine, without a trace.",
    discussion: """
      Examples:  fonana forget alice
                 fonana forget --before 365d

      They are not fetched again; the server keeps them. What waits in the outbox stays. Copies \
      of older or damaged stores, which hold the same messages, are removed as well.
      """)

  @Argument(help: "Whose conversation; without it, all.", completion: Names.completion)
  var who: String?

  @Option(help: ArgumentHelp("Only older ones.", valueName: "time"))
  var before: String?

  @Flag(help: "Don't ask.")
  var yes = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if who == nil, before == nil { throw ValidationError("name WHO, or --before TIME") }
  }

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let style = context.output.style
    var request = ForgetRequest(who: who)
    if let before {
      request.before = try TimeArgument.parse(before, now: style.now, zone: style.zone)
    }
    try confirm(request, context)
    let result = try context.call(Calls.forget, request, patience: .seconds(600))
    try context.output.render(Done(Self.sentence(result.messages), result))
    return .done
  }

  /// An earlier attempt may have removed them.
  private static func sentence(_ messages: Int) -> String {
    switch messages {
    case 0: "No such message is here"
    case 1: "1 message was forgotten"
    default: "\(messages) messages were forgotten"
    }
  }

  private func confirm(_ request: ForgetRequest, _ context: Context) throws(FonanaError) {
    guard !yes else { return }
    let what = who.map { "of the conversation with “\($0)”" } ?? "of all conversations"
    let which = request.before.map { "before \(context.output.style.time($0)) " } ?? ""
    guard context.canAsk, Prompt.confirm("Erase all messages \(which)\(what) on this machine?")
    else {
      throw FonanaError(
        .invalidInput, "Nothing was erased: forget needs a yes.",
        hint: "Answer “y”, or add --yes.")
    }
  }
}
