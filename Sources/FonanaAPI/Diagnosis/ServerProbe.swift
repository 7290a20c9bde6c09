import NIOCore
import NIOPosix

/// Tries each link of the chain to the server by itself and tells what it saw, for a person.
/// Nothing that it brings is kept.
package struct ServerProbe: Sendable {
  package let configuration: APIConfiguration
  let group: any EventLoopGroup

  package init(_ configuration: APIConfiguration) {
    self.init(configuration, group: MultiThreadedEventLoopGroup.singleton)
  }

  /// A person waits: no step may take as long as it may for the engine.
  init(_ configuration: APIConfiguration, group: any EventLoopGroup) {
    var configuration = configuration
    configuration.limits.connect = min(configuration.limits.connect, .seconds(5))
    configuration.limits.idle = min(configuration.limits.idle, .seconds(10))
    configuration.limits.upgrade = min(configuration.limits.upgrade, .seconds(5))
    self.configuration = configuration
    self.group = group
  }

  var limits: APIConfiguration.Limits { configuration.limits }

  /// The value, or nil when it has not come within `limit`, or the task is cancelled; it is not
  /// waited for then.
  func value<Value: Sendable>(
    within limit: Duration, _ body: @escaping @Sendable () async -> Value
  ) async -> Value? {
    let promise = group.next().makePromise(of: Value?.self)
    let timer = group.next().scheduleTask(in: TimeAmount(limit)) { promise.succeed(nil) }
    // Not a child: a blocked system call can't be cancelled, and nobody waits for it.
    let task = Task {
      promise.succeed(await body())
      timer.cancel()
    }
    defer { task.cancel() }
    return await withTaskCancellationHandler {
      (try? await promise.futureResult.get()) ?? nil
    } onCancel: {
      promise.succeed(nil)
    }
  }
}
