/// A root of its own for one test, and what it signs, made by the system's openssl.
package struct CertificateAuthority {
  package struct Identity: Sendable {
    package let certificate: String
    package let key: String
  }

  private struct Failure: Error {
    let text: String
  }

  private let home: TemporaryHome
  /// The file for `ca_file`.
  package var certificate: String { home.path("ca.pem") }

  package init(in home: TemporaryHome) async throws {
    self.home = home
    try await openssl(
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
      "-keyout", home.path("ca.key"), "-out", certificate, "-days", "2",
      "-subj", "/CN=fonana test CA")
  }

  /// - Parameters:
  ///   - name: a name or an IPv4 address.
  ///   - days: how long it is valid; negative: it has expired.
  package func identity(for name: String, days: Int = 2) async throws -> Identity {
    let file = "\(name).\(days)"
    let identity = Identity(
      certificate: home.path("\(file).pem"), key: home.path("\(file).key"))
    let request = home.path("\(file).csr")
    let kind = name.allSatisfy { $0.isNumber || $0 == "." } ? "IP" : "DNS"
    let extensions = try home.write("subjectAltName=\(kind):\(name)\n", to: "\(file).ext")
    try await openssl(
      "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
      "-keyout", identity.key, "-out", request, "-subj", "/CN=\(name)")
    try await openssl(
      "x509", "-req", "-in", request, "-CA", certificate, "-CAkey", home.path("ca.key"),
      "-CAcreateserial", "-days", "\(days)", "-extfile", extensions,
      "-out", identity.certificate)
    return identity
  }

  private func openssl(_ arguments: String...) async throws {
    let program = Program("openssl", environment: ["PATH": "/usr/bin:/bin", "HOME": home.path])
    let result = try await program.run(arguments)
    guard result.status == 0 else { throw Failure(text: "openssl \(arguments): \(result)") }
  }
}
