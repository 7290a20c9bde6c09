import FonanaCore
import Glibc
import Synchronization
import SyncEngine

/// The file of `--record`: what happens to the engine, a line each, for `fonana-sim replay --trace`.
/// It holds messages, so it is the user's alone, and it holds no token: those have names there.
final class TraceFile: EngineRecorder {
  private let text = Mutex(RecordText())
  private let descriptor: Int32

  /// Adds to a file that is there already: a restart belongs to the same story.
  init(path: String) throws(FonanaError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw AtomicFile.failure(path, errno) }
  }

  deinit { close(descriptor) }

  /// The engine calls in order and waits: a record with a hole could not be replayed. What can't
  /// be written is lost all the same, and the replay says so.
  func write(_ record: EngineRecord) {
    text.withLock { text in
      guard let line = try? text.line(of: record) else { return }
      _ = FileBytes.writeAll(descriptor, Array(line) + Array("\n".utf8))
    }
  }
}
