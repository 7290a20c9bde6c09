import Dispatch
import Glibc
import ServiceLifecycle

/// Ends when the process is asked to; the group then shuts down.
struct SignalService: Service {
  func run() async throws {
    let (signals, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let sources = [SIGTERM, SIGINT].map { number in
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler { continuation.yield() }
      source.resume()
      return source
    }
    for await _ in signals.cancelOnGracefulShutdown() { break }
    for source in sources { source.cancel() }
  }
}
