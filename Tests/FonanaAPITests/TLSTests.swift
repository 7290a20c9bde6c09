import FonanaCore
import FonanaTestSupport
import Testing

@testable import FonanaAPI

/// Certificates are made by the `openssl` command while the tests run.
@Suite(.timeLimit(.minutes(2)))
struct TLSTests {
  private static let openssl = Program("/usr/bin/openssl", environment: ["PATH": "/usr/bin:/bin"])

  /// Whether a call arrives at a TLS server with a certificate for `name`.
  @Test(arguments: [
    (name: "IP:127.0.0.1", days: "1", trusted: true, arrives: true),
    (name: "DNS:elsewhere.example", days: "1", trusted: true, arrives: false),
    (name: "IP:127.0.0.1", days: "-1", trusted: true, arrives: false),
    (name: "IP:127.0.0.1", days: "1", trusted: false, arrives: false),
  ])
  func onlyATrustedFreshAndRightlyNamedCertificateIsAccepted(
    _ row: (name: String, days: String, trusted: Bool, arrives: Bool)
  ) async throws {
    try await withTemporaryHome { home in
      try await Self.makeCertificates(in: home, name: row.name, days: row.days)
      try await Self.withServer(in: home) { port in
        let ca = row.trusted ? home.path("ca.pem") : nil
        let failure = try await withClient("https://127.0.0.1:\(port)", caFile: ca) {
          await $0.call(.serverVersion).failure
        }
        // The test's server answers with a page of its own.
        #expect(failure?.kind == (row.arrives ? .badBody : .tls))
        if !row.arrives { #expect(failure?.phase == .nothingWritten) }
        let signals = try await withSocket("wss://127.0.0.1:\(port)/ws", caFile: ca)
        #expect(signals.failure?.kind == (row.arrives ? .status : .tls), "\(signals)")
      }
    }
  }

  private static func makeCertificates(in home: TemporaryHome, name: String, days: String)
    async throws
  {
    _ = try home.write("subjectAltName=\(name)\n", to: "san.cnf")
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    try await run(
      ["req", "-x509"] + key + ["-keyout", home.path("ca.key"), "-out", home.path("ca.pem")]
        + ["-subj", "/CN=test CA", "-days", "2"])
    try await run(
      ["req", "-new"] + key + ["-keyout", home.path("key.pem"), "-out", home.path("request.pem")]
        + ["-subj", "/CN=server"])
    try await run([
      "x509", "-req", "-in", home.path("request.pem"), "-CA", home.path("ca.pem"), "-CAkey",
      home.path("ca.key"), "-CAcreateserial", "-days", days, "-out", home.path("cert.pem"),
      "-extfile", home.path("san.cnf"),
    ])
  }

  private static func run(_ arguments: [String]) async throws {
    let result = try await openssl.run(arguments)
    guard result.status == 0 else { throw FonanaError(.internalDefect, "\(result)") }
  }

  private static func withServer(in home: TemporaryHome, _ body: (Int) async throws -> Void)
    async throws
  {
    let arguments = [
      "s_server", "-accept", "127.0.0.1:0", "-cert", home.path("cert.pem"), "-key",
      home.path("key.pem"), "-www",
    ]
    try await openssl.withRunning(arguments) { server in
      let line = try #require(try await server.output.nextLine(containing: "ACCEPT"))
      let port = try #require(line.split(separator: ":").last.flatMap { Int($0) })
      try await body(port)
    }
  }
}
