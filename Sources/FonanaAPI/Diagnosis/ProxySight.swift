package import FonanaCore
import NIOCore
import NIOPosix

/// Whether a proxy lets us through to the server.
package enum ProxySight: Sendable {
  /// What it said.
  case opened(String)
  case refused(ServerFailure)
}

extension ServerProbe {
  package func connectThroughProxy() async -> ProxySight {
    await value(within: limits.connect + limits.idle) { await throughProxy() }
      ?? .refused(
        ServerFailure(.timeout, phase: .nothingWritten, detail: "nothing came back in time"))
  }

  private func throughProxy() async -> ProxySight {
    guard let proxy = configuration.proxy else {
      return .refused(
        ServerFailure(.noConnection, phase: .nothingWritten, detail: "there is no proxy"))
    }
    do {
      let channel = try await ClientBootstrap(group: group)
        .connectTimeout(TimeAmount(limits.connect))
        .connect(host: proxy.host, port: proxy.port).get()
      defer { channel.close(promise: nil) }
      return .opened(try await words(of: proxy, on: channel))
    } catch let failure as ServerFailure {
      return .refused(failure)
    } catch {
      return .refused(ServerFailure(transport: error, phase: .nothingWritten))
    }
  }

  private func words(of proxy: APIConfiguration.Proxy, on channel: any Channel) async throws
    -> String
  {
    let (target, userAgent) = (configuration.server, configuration.userAgent)
    let words = channel.eventLoop.flatSubmit {
      ProxyTunnel.dig(through: proxy, to: target, userAgent: userAgent, on: channel)
    }
    let timer = channel.eventLoop.scheduleTask(in: TimeAmount(limits.idle)) {
      channel.close(promise: nil)
    }
    defer { timer.cancel() }
    return try await words.get()
  }
}
