package import FonanaCore
import Logging

extension ServerProbe {
  /// Opens a WebSocket with the token in the query, in the header or in both, goes on until
  /// `goal` is reached, and closes it in order.
  package func openSocket(
    with kind: APIConfiguration.SocketToken, wallet: String, token: Redacted<String>,
    user: UserID, until goal: SocketSight.Step
  ) async -> SocketSight {
    var configuration = configuration
    configuration.socketToken = kind
    let client = SocketClient(
      configuration, group: group, logger: Logger(label: "doctor") { _ in SwiftLogNoOpLogHandler() }
    )
    let (commands, say) = AsyncStream.makeStream(of: SocketCommand.self)
    let (signals, hear) = AsyncStream.makeStream(of: SocketSignal.self)
    let limit = limits.connect + limits.upgrade * 2
    return await withTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        await client.run(wallet: wallet, token: token, commands: commands) { hear.yield($0) }
        hear.finish()
      }
      tasks.addTask {
        if (try? await Task.sleep(for: limit)) != nil { say.yield(.close(abruptly: true)) }
      }
      var sight = SocketSight()
      for await signal in signals {
        if let command = sight.take(signal, for: user, until: goal) { say.yield(command) }
      }
      tasks.cancelAll()
      return sight
    }
  }
}
