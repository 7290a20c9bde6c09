import NIOCore
import NIOPosix
import FonanaCore

/// What became of a TCP connection to one address; it is closed again at once.
package struct ConnectionAttempt: Sendable {
  package let address: String
  package let elapsed: Duration
  /// nil: it was connected.
  package let failure: String?
}

extension ServerProbe {
  /// All addresses at once, in their order.
  package func connect(_ resolution: NameResolution) async -> [ConnectionAttempt] {
    await value(within: limits.connect * 2) { await connected(resolution) } ?? []
  }

  private func connected(_ resolution: NameResolution) async -> [ConnectionAttempt] {
    await withTaskGroup(of: (Int, ConnectionAttempt).self) { tasks in
      for (index, address) in resolution.addresses.enumerated() {
        tasks.addTask { (index, await attempt(address)) }
      }
      var attempts: [(Int, ConnectionAttempt)] = []
      for await attempt in tasks { attempts.append(attempt) }
      return attempts.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func attempt(_ address: SocketAddress) async -> ConnectionAttempt {
    let began = ContinuousClock.now
    var failure: String?
    do {
      let channel = try await ClientBootstrap(group: group)
        .connectTimeout(TimeAmount(limits.connect)).connect(to: address).get()
      channel.close(promise: nil)
    } catch {
      failure = ServerFailure(transport: error, phase: .nothingWritten).detail
    }
    let host = address.ipAddress ?? "?"
    let port = address.port.map { ":\($0)" } ?? ""
    return ConnectionAttempt(
      address: host.contains(":") ? "[\(host)]\(port)" : host + port,
      elapsed: began.duration(to: .now), failure: failure)
  }
}
