import ArgumentParser
import ControlProtocol
import FonanaCore

struct StoreStats: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Show what the store holds, and its size on the disk.",
    discussion: "Example:  fonana store stats")

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    try context.output.render(try context.call(Calls.storeStats, NoParameters()))
    return .done
  }
}

extension StoreReport: Renderable {
  func text(_ style: TextStyle) -> String {
    var facts = Facts()
    facts.add("file", path)
    facts.add("conversations", String(conversations))
    facts.add("messages", "\(messages), \(incomplete) of them without their whole text")
    facts.add("gaps", String(gaps))
    facts.add(
      "database",
      "\(StatusReport.size(databaseBytes)), \(StatusReport.size(freeBytes)) of it unused")
    facts.add("log", StatusReport.size(logBytes))
    facts.add("copies", copyBytes == 0 ? nil : StatusReport.size(copyBytes))
    return facts.text(style)
  }
}
