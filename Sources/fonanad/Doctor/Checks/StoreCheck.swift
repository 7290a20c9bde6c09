import ControlProtocol
import FonanaCore
import LocalStore

/// Is every page of the store sound, and of a version that we know?
struct StoreCheck: DoctorCheck {
  let link = DoctorLink.store
  let title = "Store"
  let needs = [DoctorLink.files]
  let isOnline = false

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    let path = bench.paths.store
    do throws(FonanaError) {
      let health =
        if let daemon = bench.daemon {
          Optional(try await daemon.store.health())
        } else {
          try LocalStore.health(path: path)
        }
      guard let health else { return .ok("there is none yet", tried: path) }
      return Self.judge(health, path)
    } catch {
      return .fail(error, tried: path)
    }
  }

  private static func judge(_ health: StoreHealth, _ path: String) -> DoctorFinding {
    let versions = "schema \(health.schema), SQLite \(health.sqliteVersion)"
    if let flaw = health.flaw {
      return .fail(
        "it is damaged: \(flaw); \(versions)", tried: path,
        hint: "Type “fonana daemon restart”: the store is set aside, what waits to be sent is "
          + "saved, and the rest comes from the server again.")
    }
    guard health.schema <= health.knownSchema else {
      return .fail(
        "it was written by a newer fonana (\(versions), this one knows \(health.knownSchema))",
        tried: path, hint: "Install the newer version again; nothing was changed.")
    }
    return .ok("every page is sound; \(versions), \(health.bytes >> 10) KiB", tried: path)
  }
}
