import FonanaAPI
import FonanaCore

/// Does the server prove who it is?
struct CertificateCheck: DoctorCheck {
  private static let soon = Duration.seconds(7 * 86_400)

  let link = DoctorLink.tls
  let title = "TLS and certificate"
  let needs = [DoctorLink.tcp]

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let api = bench.api, let probe = bench.probe else { return .skip("no configuration") }
    guard api.server.isSecure else {
      return .skip("not used: the server is on this machine (\(api.origin))")
    }
    let tried = "TLS handshake as \(api.server.host)"
    var sight = TLSSight.none
    if api.proxy == nil {
      sight = await probe.lookAtCertificate(of: api.server)
      if let failure = sight.failure {
        return .fail(
          failure, tried: tried,
          hint: "Something answers on port \(api.server.port), but not with TLS. Check “server”.")
      }
    }
    let answer = await probe.exchange(.verifyToken)
    (facts.answer, facts.answeredAt) = (answer, SystemClock.wall)
    let shown = sight.certificate.map(Self.text) ?? "not seen, behind the proxy"
    if answer.failure?.kind == .tls {
      let (why, hint) = Self.reason(sight.certificate, api.server.host, sight.chain)
      return .fail("\(why); \(shown)", tried: tried, hint: hint)
    }
    guard let end = sight.certificate?.notAfter, end - SystemClock.wall < Self.soon else {
      return .ok(shown, tried: tried)
    }
    return .warn(
      "it expires soon; \(shown)", tried: tried, hint: "Tell whoever runs the server.")
  }

  private static func text(_ facts: CertificateFacts) -> String {
    "for \(facts.names.joined(separator: ", ")), by “\(facts.issuer)”, until \(facts.notAfter)"
  }

  /// What is wrong with a certificate that was refused.
  private static func reason(
    _ certificate: CertificateFacts?, _ host: String, _ chain: Int
  ) -> (String, String) {
    let now = SystemClock.wall
    guard let certificate else {
      return ("the certificate was refused", "Look at the server's certificate.")
    }
    if certificate.notAfter < now {
      return (
        "the certificate has expired",
        "Whoever runs the server must renew it; nothing is sent until then. "
          + "Is this machine's clock right?"
      )
    }
    if certificate.notBefore > now {
      return (
        "the certificate is not valid yet (from \(certificate.notBefore))",
        "Is this machine's clock right?"
      )
    }
    if !certificate.covers(host) {
      return (
        "the certificate is not for “\(host)”",
        "Use the name that it is for, or have whoever runs the server correct it."
      )
    }
    guard ServerProbe.hasSystemRoots else {
      return (
        "this machine has no bundle of trusted certificates",
        "Install the package “ca-certificates”, or set ca_file."
      )
    }
    return (
      certificate.isSelfSigned
        ? "the certificate is signed by itself" : "nobody who is trusted has signed it",
      chain < 2
        ? "If it is your own server, set ca_file to its root; else the server may leave out its "
          + "intermediate certificate."
        : "If it is your own server, set ca_file to its root; else somebody reads along."
    )
  }
}
