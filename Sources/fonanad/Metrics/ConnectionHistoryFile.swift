import ControlProtocol
import FonanaCore
import FoundationEssentials
import SyncEngine

/// The last day of the connection, for the next daemon. That it is lost harms nothing.
struct ConnectionHistoryFile: Sendable {
  let path: String

  func read() -> ConnectionHistory {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { return ConnectionHistory() }
    return (try? JSONDecoder().decode(ConnectionHistory.self, from: data)) ?? ConnectionHistory()
  }

  func write(_ history: ConnectionHistory) {
    guard let bytes = try? ControlJSON.encode(history) else { return }
    try? AtomicFile.write(bytes, to: path)
  }
}
