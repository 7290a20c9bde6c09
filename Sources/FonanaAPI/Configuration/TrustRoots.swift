import FonanaCore
import FoundationEssentials
import NIOSSL

/// Certificates that are trusted beside the system's own.
struct TrustRoots: Sendable {
  private let additional: [NIOSSLCertificate]

  /// Fails when a file can't be read or holds no certificate.
  init(files: [String]) throws(FonanaError) {
    var certificates: [NIOSSLCertificate] = []
    for file in files {
      do {
        certificates += try NIOSSLCertificate.fromPEMFile(file)
      } catch {
        throw FonanaError(
          .badConfiguration, "“\(DisplayText.line(file))” holds no certificate that can be read.",
          hint: "ca_file and SSL_CERT_FILE name a file with certificates in PEM form.")
      }
    }
    additional = certificates
  }

  /// Certificate and name are checked; TLS 1.2 at least.
  func clientConfiguration(protocols: [String] = []) -> TLSConfiguration {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.certificateVerification = .fullVerification
    tls.minimumTLSVersion = .tlsv12
    tls.applicationProtocols = protocols
    if !additional.isEmpty { tls.additionalTrustRoots = [.certificates(additional)] }
    return tls
  }
}
