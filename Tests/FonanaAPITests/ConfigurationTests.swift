import FonanaCore
import FonanaTestSupport
import Testing

@testable import FonanaAPI

struct ConfigurationTests {
  @Test(arguments: [
    ("https://fonana.me", "https://fonana.me", 443, true),
    ("https://fonana.me/", "https://fonana.me", 443, true),
    ("https://fonana.me:8443", "https://fonana.me:8443", 8443, true),
    ("http://127.0.0.1:3000", "http://127.0.0.1:3000", 3000, false),
    ("http://[::1]:3000", "http://[::1]:3000", 3000, false),
  ])
  func theSocketFollowsTheServer(_ server: String, _ origin: String, _ port: Int, _ isSecure: Bool)
    throws
  {
    let configuration = try configuration(server)
    #expect(configuration.origin == origin)
    #expect(configuration.socket.port == port && configuration.socket.isSecure == isSecure)
    #expect(configuration.socket.path == "/ws")
  }

  @Test(arguments: [
    "http://fonana.me", "ftp://fonana.me", "fonana.me", "", "https://", "https://a:b@fonana.me",
    "http://127.0.0.1.example.com", "http://10.0.0.1",
  ])
  func otherAddressesAreRefusedWithAHint(_ server: String) {
    let error = #expect(throws: FonanaError.self) { try configuration(server) }
    #expect(error?.code == .badConfiguration && error?.hint != nil)
  }

  @Test func aPlainSocketOffThisMachineIsRefused() {
    #expect(throws: FonanaError.self) {
      try configuration("https://fonana.me", socket: "ws://fonana.me/ws")
    }
  }

  @Test func aCAFileWithoutCertificatesIsRefused() async throws {
    try await withTemporaryHome { home in
      let file = try home.write("nothing", to: "ca.pem")
      for path in [file, home.path("gone.pem")] {
        let error = #expect(throws: FonanaError.self) {
          try configuration("https://fonana.me", environment: ["SSL_CERT_FILE": path])
        }
        #expect(error?.code == .badConfiguration)
      }
    }
  }

  private func configuration(
    _ server: String, socket: String? = nil, environment: [String: String] = [:]
  ) throws -> APIConfiguration {
    try APIConfiguration(
      server: server, webSocketURL: socket, outboxFolder: "/tmp", version: "1",
      environment: environment)
  }
}
