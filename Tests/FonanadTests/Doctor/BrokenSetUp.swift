import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import Glibc
import SyncEngine

@testable import fonanad

/// One way in which a set-up is broken, and what the doctor must say of it.
struct BrokenSetUp: Sendable {
  /// What it is made of. Two that share a part can't be there at once.
  enum Part {
    case account, address, tokenRoute, storedToken, upgrade
  }

  /// As in docs/diagnosis.md.
  let name: String
  let parts: Set<Part>
  let link: DoctorLink
  var status = DoctorLine.Status.fail
  /// Of what came back.
  let evidence: String
  /// Of what to do.
  let advice: String
  let make: @Sendable (inout BrokenPlace) async throws -> Void

  /// Said as it must be.
  func isNamed(by line: DoctorLine?) -> Bool {
    guard let line, line.status == status, let hint = line.hint else { return false }
    return line.detail.contains(evidence) && hint.contains(advice)
  }
}

/// Where set-ups are broken: what a daemon is started with, and what it finds.
struct BrokenPlace {
  let home: TemporaryHome
  let server: ReferenceServer
  /// On disk when the daemon starts.
  var credentials: StoredCredentials
  var environment = ["FONANA_NOTIFICATIONS": "false"]
  /// On disk since the daemon runs: it would mend it at its start.
  var expiresLater: FonanaCore.Timestamp?
  var isOfAnotherServer = false
  var configuration = ""
  var cleanUps: [@Sendable () async throws -> Void] = []

  /// Goes there instead, with a token that is that server's.
  mutating func move(to origin: String) {
    environment["FONANA_SERVER"] = origin
    credentials.origin = origin
  }

  var laterCredentials: StoredCredentials? {
    guard let expiresLater else { return nil }
    var later = credentials
    later.expiresAt = expiresLater
    return later
  }

  var options: TestDaemonOptions {
    var options = TestDaemonOptions()
    options.environment = environment
    options.configuration = configuration
    if environment["FONANA_SERVER"] != nil { options.timeScale = 1 }
    return options
  }

  static func credentials(below home: TemporaryHome) throws -> String {
    try ProfilePaths(environment: ["FONANA_HOME": home.path]).credentials
  }
}
