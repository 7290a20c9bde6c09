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

  /// The first SQLite in which two openers can't damage the log of changes.
  private static let soundWithTwo = [3, 51, 3]

  /// nil: nobody else has it open, or this SQLite stands that.
  static func intruder(among openers: [Int32], sqlite version: String) -> Int32? {
    let numbers = version.split(separator: ".").compactMap { Int($0) }
    return numbers.lexicographicallyPrecedes(soundWithTwo) ? openers.first : nil
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
    if let other = intruder(among: StoreOpeners.others(of: path), sqlite: health.sqliteVersion) {
      return .warn(
        "process \(other) has it open too, which SQLite \(health.sqliteVersion) does not always "
          + "survive; \(versions)",
        tried: path, hint: "End that program; to look into the store, use “fonana backup FILE”.")
    }
    return .ok("every page is sound; \(versions), \(health.bytes >> 10) KiB", tried: path)
  }
}
