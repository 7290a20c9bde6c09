import ArgumentParser
import ControlProtocol
import FonanaCore

struct Send: QuickCommand {
  static let configuration = CommandConfiguration(
    abstract: "Send a message, now or as soon as it is possible.",
    discussion: """
      Examples:  fonana send @alice Hello!
                 date | fonana send alice -
                 fonana send alice --file cat.png --paid 0.5 For you

      The message is on disk before this command says so. It waits up to 2 s for the server; \
      offline the answer is “queued”.
      """)

  @Argument(
    help: "@nickname, conversation id, user id, wallet or nickname.", completion: Names.completion)
  var to: String

  @Argument(help: "The text; “-” reads it from stdin.")
  var text: [String] = []

  @Flag(help: "Read the text from stdin.")
  var stdin = false

  @Option(help: ArgumentHelp("An image: PNG, JPEG, GIF or WebP.", valueName: "image"))
  var file: String?

  @Option(help: ArgumentHelp("The price to read it, in SOL.", valueName: "price"))
  var paid: Double?

  @Flag(help: "Begin a conversation with somebody new.")
  var new = false

  @Flag(help: "Don't send it when the other has written since.")
  var unlessReplied = false

  @Option(
    help: ArgumentHelp(
      "A name of its own, a UUID: sent once, however often it is asked for.", valueName: "uuid"))
  var cid: String?

  @Flag(help: "Wait until it is delivered.")
  var wait = false

  @Option(help: ArgumentHelp("How long --wait waits; 60s if not given.", valueName: "duration"))
  var timeout: String?

  @Flag(help: "Answer at once.")
  var noWait = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if wait, noWait { throw ValidationError("--wait and --no-wait exclude each other") }
    if timeout != nil, !wait { throw ValidationError("--timeout needs --wait") }
    if stdin, !text.isEmpty { throw ValidationError("--stdin and a text exclude each other") }
  }

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let limit = if let timeout { try DurationArgument.parse(timeout) } else { Duration.seconds(60) }
    let image = if let file { try ImageFile(path: file) } else { ImageFile?.none }
    let request = SendRequest(
      cid: cid.map(ClientID.init(typed:)) ?? .random(), to: to, content: try content(),
      price: try MessageContent.price(paid),
      createNew: new, hasImage: image != nil,
      unlessReplied: unlessReplied, wait: noWait ? .no : wait ? .delivered : .usual,
      timeoutSeconds: wait ? limit.inSeconds : nil)
    let patience = wait ? limit + .seconds(30) : ControlClient.usualPatience
    let result = try Delivery(request, image, patience: patience).run(context)
    return try SendOutcome(result, isAwaited: wait).show(context.output)
  }

  static func quickly(_ arguments: [String]) -> QuickStart? {
    guard let words = QuickWords(arguments, flags: ["--no-wait"]), words.plain.count > 1 else {
      return nil
    }
    let text = words.plain.dropFirst().joined(separator: " ")
    return QuickStart(global: words.global) { context throws(FonanaError) in
      let request = SendRequest(
        cid: .random(), to: words.plain[0],
        content: try MessageContent.validated(text, isOptional: false),
        wait: words.flags.contains("--no-wait") ? .no : .usual)
      let patience = ControlClient.usualPatience
      let result = try Delivery(request, nil, patience: patience).run(context)
      return try SendOutcome(result, isAwaited: false).show(context.output)
    }
  }

  private func content() throws(FonanaError) -> String? {
    let typed: String
    if stdin || MessageContent.isOnStandardInput(text) {
      let bytes = try StandardInput.read(limit: MessageContent.byteLimit + 1)
      typed = try MessageContent.text(from: bytes)
    } else {
      typed = text.joined(separator: " ")
    }
    return try MessageContent.validated(typed, isOptional: file != nil)
  }
}
