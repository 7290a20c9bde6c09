import ArgumentParser
import ControlProtocol
import FonanaCore

struct Show: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show one message whole.",
    discussion: "Example:  fonana show cm5x8k2p10003 --raw > text.txt")

  @Argument(help: "The message's id, or our cid.")
  var id: String

  @Flag(help: "Only the text, exactly as it was typed.")
  var raw = false

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let message = try whole(try context.connect())
    guard raw, !context.output.isJSON else {
      try context.output.render(MessageDetail(message: message), paged: true)
      context.remarkAge()
      return .done
    }
    guard let content = message.content else {
      throw FonanaError(
        .notFound, "This message has no text here.", hint: "Type “fonana show \(id)”.")
    }
    StandardStream.output.write(context.output.style.isTerminal ? content + "\n" : content)
    return .done
  }

  /// A long text comes in pieces.
  private func whole(_ daemon: Daemon) throws(FonanaError) -> MessageInfo {
    var piece = try daemon.call(Calls.getMessage, MessageGetRequest(id: id))
    var message = piece.message
    while let offset = piece.nextOffset {
      piece = try daemon.call(Calls.getMessage, MessageGetRequest(id: id, offset: offset))
      message.content = (message.content ?? "") + (piece.message.content ?? "")
    }
    message.truncated = false
    return message
  }
}
