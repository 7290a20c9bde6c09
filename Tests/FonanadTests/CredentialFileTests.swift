import FonanaCore
import FonanaTestSupport
import Glibc
import SyncEngine
import Testing

@testable import fonanad

@Suite struct CredentialFileTests {
  private let stored = StoredCredentials(
    origin: "https://a.example", wallet: "W", userID: UserID("u1"), token: Redacted("canary"),
    issuedAt: Timestamp(milliseconds: 1000), expiresAt: Timestamp(milliseconds: 2000))

  @Test func whatWasSavedIsLoaded() async throws {
    try await withTemporaryHome { home in
      let file = CredentialFile(path: home.path("credentials.json"))
      #expect(try await file.load() == nil)
      try await file.save(stored)
      #expect(try await file.load() == stored)
      try await file.erase()
      #expect(try await file.load() == nil)
    }
  }

  @Test func theFileIsTheOwnersAlone() async throws {
    try await withTemporaryHome { home in
      let file = CredentialFile(path: home.path("credentials.json"))
      try await file.save(stored)
      #expect(permissions(of: file.path) == 0o600)
    }
  }

  /// What stands in each but the damaged one would be taken from a safe file.
  @Test(arguments: ["link", "readable", "damaged", "folder"])
  func aFileThatIsNotSafeIsRefused(kind: String) async throws {
    try await withTemporaryHome { home in
      let path = home.path("credentials.json")
      let file = CredentialFile(path: path)
      try await file.save(stored)
      switch kind {
      case "link":
        rename(path, home.path("other.json"))
        symlink(home.path("other.json"), path)
      case "folder":
        unlink(path)
        mkdir(path, 0o700)
      case "readable": chmod(path, 0o644)
      default:
        try home.write("{", to: "credentials.json")
        chmod(path, 0o600)
      }
      let error = await #expect(throws: FonanaError.self) { try await file.load() }
      #expect(error?.message.contains(path) == true)
    }
  }
}
