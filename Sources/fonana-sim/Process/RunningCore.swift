import FonanaCore
import SyncEngine

/// The core of one process, held by reference: it is large, and looking at the process must not
/// copy it.
final class RunningCore {
  private var core: EngineCore

  init(_ core: EngineCore) { self.core = core }

  /// Through a pointer: the property would copy the core first.
  var phases: EnginePhases { withUnsafePointer(to: &core) { $0.pointee.phases } }

  func handle(_ event: EngineEvent, at times: Times) -> [EngineEffect] {
    core.handle(event, at: times)
  }

  func status(at times: Times) -> EngineStatus { core.status(at: times) }
}
