import ControlProtocol
import FonanaCore
import FonanaTestSupport
import Glibc
import Testing

@testable import fonanad

@Suite struct LockTests {
  private func launch(_ home: TemporaryHome) throws -> DaemonLaunch {
    var launch = try DaemonLaunch(
      options: LaunchOptions(),
      environment: ["FONANA_HOME": home.path, "FONANA_SERVER": "http://127.0.0.1:9"])
    launch.writesToStandardError = false
    return launch
  }

  @Test func onlyOneOfManyGetsTheProfile() async throws {
    try await withTemporaryHome { home in
      let launch = try launch(home)
      var daemons: [Daemon] = []
      for _ in 0..<10 {
        if let daemon = try await Daemon(launch) { daemons.append(daemon) }
      }
      #expect(daemons.count == 1)
      guard case .held(let record?) = LockFile.state(of: launch.paths.lock) else {
        Issue.record("the lock is not held")
        return
      }
      #expect(record.pid == getpid() && record.socketPath == launch.paths.socket)
    }
  }

  @Test(arguments: ["link", "writable"])
  func aFolderThatOthersCouldChangeIsRefused(kind: String) async throws {
    try await withTemporaryHome { home in
      let launch = try launch(home)
      mkdir(home.path("data"), 0o700)
      if kind == "link" {
        mkdir(home.path("elsewhere"), 0o700)
        symlink(home.path("elsewhere"), home.path("data/default"))
      } else {
        mkdir(home.path("data/default"), 0o700)
        chmod(home.path("data/default"), 0o777)
      }
      await #expect(throws: FonanaError.self) { try await Daemon(launch) }
    }
  }

  @Test func aSocketPathThatIsTooLongIsRefused() async throws {
    try await withTemporaryHome { home in
      let deep = home.path(String(repeating: "x", count: 120))
      let launch = try DaemonLaunch(
        options: LaunchOptions(),
        environment: ["FONANA_HOME": deep, "FONANA_SERVER": "http://127.0.0.1:9"])
      let error = await #expect(throws: FonanaError.self) { try await Daemon(launch) }
      #expect(error?.code == .badConfiguration && error?.message.contains("107") == true)
    }
  }

  @Test func aDamagedStoreIsSetAsideAndStarts() async throws {
    try await withTemporaryHome { home in
      let launch = try launch(home)
      try launch.paths.prepareFolders()
      try home.write(
        "this is no database, but it has some bytes in it", to: "data/default/fonana.sqlite")
      let daemon = try #require(try await Daemon(launch))
      let damage = try #require(daemon.context.rescue.map { DamageInfo($0) })
      #expect(damage.messagesSaved == 0)
      let copy = "data/default/\(damage.copy.split(separator: "/").last ?? "")/fonana.sqlite"
      #expect(try home.text(of: copy).hasPrefix("this is no"))
    }
  }
}
