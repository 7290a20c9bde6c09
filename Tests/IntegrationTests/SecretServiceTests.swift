import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

extension RealBinaries {
  /// The token at a real keyring in a private D-Bus session.
  @Suite(.enabled(if: Keyring.isThere, "gnome-keyring is installed by \"make deps\""))
  struct SecretServiceTests {
    @Test func aRealKeyringHoldsTheTokenAndNoFileDoes() async throws {
      try await withKeyring { scene, keyring in
        let desk = keyring.desk
        try await desk.withDaemon { _ in
          try await desk.login(scene.alice.wallet)
          try await desk.waitUntil("connected")
          let token = try await desk.status().token
          #expect(token.place == "secret-service" && token.placeProblem == nil)
          #expect(try await desk.fonana("status").output.contains("in the Secret Service"))
          let doctor = try await desk.fonana("doctor", "--offline")
          #expect(doctor.output.contains("the token is kept in the Secret Service"), "\(doctor)")
        }
        let token = try await keyring.token()
        #expect(token.split(separator: ".").count == 3)
        for (path, content) in try keyring.files {
          #expect(!content.contains(token), "\(path)")
        }
        let requests = scene.world.counters.tokenRequests
        try await desk.withDaemon { _ in
          try await desk.waitUntil("connected")
          #expect(scene.world.counters.tokenRequests == requests, "the token was not read back")
          let logout = try await desk.fonana("logout")
          #expect(logout.status == 0, "\(logout)")
        }
        #expect(try await keyring.token().isEmpty)
      }
    }

    @Test func aChangedSettingMovesTheToken() async throws {
      try await withKeyring { scene, keyring in
        let desk = keyring.desk
        try await desk.withDaemon { _ in try await desk.login(scene.alice.wallet) }
        let token = try await keyring.token()
        try keyring.wants("file")
        try await desk.withDaemon { _ in
          try await desk.waitUntil("connected")
          #expect(try await desk.status().token.place == "file")
        }
        #expect(try keyring.secretFile.contains(token))
        #expect(try await keyring.token().isEmpty)
        try keyring.wants("secret-service")
        try await desk.withDaemon { _ in try await desk.waitUntil("connected") }
        #expect(try !keyring.secretFile.contains(token))
        #expect(try await keyring.token() == token)
        #expect(scene.world.counters.tokenRequests == 1)
      }
    }

    @Test(arguments: Keyring.Trouble.allCases)
    func aServiceThatDoesNotAnswerIsSaidAndTheFileTakesTheToken(
      trouble: Keyring.Trouble
    ) async throws {
      try await withKeyring(trouble) { scene, keyring in
        let desk = keyring.desk
        try await desk.withDaemon { _ in
          try await desk.login(scene.alice.wallet)
          try await desk.waitUntil("connected")
          let token = try await desk.status().token
          #expect(token.place == "file")
          #expect(token.placeProblem?.contains("Secret Service can't be used") == true)
          let shown = try await desk.fonana("status")
          #expect(shown.output.contains("the Secret Service can't be used: "), "\(shown)")
          let doctor = try await desk.fonana("doctor", "--offline")
          #expect(doctor.output.contains("the token is kept in a file: the Secret"), "\(doctor)")
        }
        #expect(try keyring.secretFile.contains(#""token""#))
      }
    }

    @Test func aTokenThatCannotBeReadBackIsReplaced() async throws {
      try await withKeyring { scene, keyring in
        var desk = keyring.desk
        try await desk.withDaemon { _ in try await desk.login(scene.alice.wallet) }
        #expect(try !keyring.secretFile.contains(#""token""#))
        desk.environment["DBUS_SESSION_BUS_ADDRESS"] = Keyring.nowhere
        try await desk.withDaemon { _ in
          try await desk.waitUntil("connected")
          #expect(try await desk.status().token.place == "file")
        }
        #expect(scene.world.counters.tokenRequests == 2)
        let newest = try keyring.secretFile
        try await keyring.desk.withDaemon { _ in try await keyring.desk.waitUntil("connected") }
        #expect(try await newest.contains(keyring.token()))
        #expect(try !keyring.secretFile.contains(#""token""#))
      }
    }
  }
}
