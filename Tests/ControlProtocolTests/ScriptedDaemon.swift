import ControlProtocol
import FonanaCore
import Glibc

/// A socket whose other side does what a test says, once for each client, on a thread of its own.
final class ScriptedDaemon: Sendable {
  let path: String
  private let listener: UnixListener
  private let thread: pthread_t

  typealias Act = @Sendable (UnixConnection, inout LineFramer) throws -> Void

  init(_ path: String, _ acts: Act...) throws {
    self.path = path
    let listener = try UnixListener(path: path)
    self.listener = listener
    thread = try Self.start {
      for act in acts {
        guard let connection = listener.accept(within: .seconds(10)) else { return }
        var framer = LineFramer(limit: LineFramer.requestLimit)
        try? act(connection, &framer)
        connection.shutDown()
      }
    }
  }

  deinit {
    listener.shutDown()
    pthread_join(thread, nil)
  }

  private final class Body {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  private static func start(_ run: @escaping () -> Void) throws -> pthread_t {
    var thread = pthread_t()
    let body = Unmanaged.passRetained(Body(run))
    let result = pthread_create(
      &thread, nil,
      { pointer in
        if let pointer { Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run() }
        return nil
      }, body.toOpaque())
    guard result == 0 else { throw FonanaError(.internalDefect, "no thread") }
    return thread
  }
}

extension UnixConnection {
  /// The next request; descriptors that came with it are added to `descriptors`.
  func nextLine(
    _ framer: inout LineFramer, descriptors: inout [OwnedDescriptor]
  ) throws -> [UInt8] {
    while true {
      if let line = try framer.next() { return line }
      let received = try receive(within: .seconds(10))
      descriptors += received.descriptors
      guard !received.bytes.isEmpty else { throw Failure.closed }
      framer.append(received.bytes)
    }
  }

  func nextLine(_ framer: inout LineFramer) throws -> [UInt8] {
    var ignored: [OwnedDescriptor] = []
    return try nextLine(&framer, descriptors: &ignored)
  }

  /// Answers `hello`.
  func greet(_ framer: inout LineFramer, version: String = BuildInfo.version) throws {
    _ = try nextLine(&framer)
    try send(
      try RPC.answer(
        HelloResult(daemonVersion: version, pid: 1, profile: "default"), to: .text("hello")))
  }
}
