package import FonanaCore
import NIOSSL

/// What a server's certificate says of itself.
package struct CertificateFacts: Sendable {
  package let subject: String
  package let issuer: String
  /// DNS names and IP addresses that it is for.
  package let names: [String]
  package let notBefore: Timestamp
  package let notAfter: Timestamp

  init(_ certificate: NIOSSLCertificate) {
    let (issuer, subject) = Self.names(in: (try? certificate.toDERBytes()) ?? [])
    self.issuer = issuer ?? "?"
    self.subject = subject ?? "?"
    names = certificate._subjectAlternativeNames().compactMap(Self.text)
    notBefore = Timestamp(milliseconds: Int64(certificate.notValidBefore) * 1000)
    notAfter = Timestamp(milliseconds: Int64(certificate.notValidAfter) * 1000)
  }

  package var isSelfSigned: Bool { issuer == subject }

  /// Whether it is for `host`; `*` stands for one label (RFC 6125, 6.4.3).
  package func covers(_ host: String) -> Bool {
    let host = host.lowercased()
    return names.contains { name in
      let name = name.lowercased()
      guard name.hasPrefix("*.") else { return name == host }
      guard let dot = host.firstIndex(of: ".") else { return false }
      return host[dot...] == name.dropFirst()
    }
  }

  private static func text(_ name: _SubjectAlternativeName) -> String? {
    let bytes = name.contents.withUnsafeBufferPointer { Array($0) }
    switch name.nameType {
    case .dnsName: return String(decoding: bytes, as: UTF8.self)
    case .ipAddress where bytes.count == 4: return bytes.map(String.init).joined(separator: ".")
    case .ipAddress where bytes == [UInt8](repeating: 0, count: 15) + [1]: return "::1"
    default: return nil
    }
  }

  /// Issuer and subject of `TBSCertificate` (RFC 5280, 4.1).
  private static func names(in bytes: [UInt8]) -> (issuer: String?, subject: String?) {
    var outer = DERReader(bytes[...])
    guard let certificate = outer.next(DERReader.sequence) else { return (nil, nil) }
    var inner = DERReader(certificate)
    guard let body = inner.next(DERReader.sequence) else { return (nil, nil) }
    var fields = DERReader(body)
    var sequences: [ArraySlice<UInt8>] = []
    // Version, serial number; then algorithm, issuer, validity, subject are sequences.
    while sequences.count < 4, let field = fields.next() {
      if field.tag == DERReader.sequence { sequences.append(field.content) }
    }
    guard sequences.count == 4 else { return (nil, nil) }
    return (name(sequences[1]), name(sequences[3]))
  }

  /// The common name, else the organisation.
  private static func name(_ bytes: ArraySlice<UInt8>) -> String? {
    var parts: [UInt8: String] = [:]
    var sets = DERReader(bytes)
    while let set = sets.next(DERReader.set) {
      var inside = DERReader(set)
      guard let pair = inside.next(DERReader.sequence) else { continue }
      var members = DERReader(pair)
      guard let type = members.next(DERReader.objectIdentifier), type.count == 3,
        type.starts(with: [0x55, 0x04]), let kind = type.last, let value = members.next()
      else { continue }
      parts[kind] = String(decoding: value.content, as: UTF8.self)
    }
    return parts[3] ?? parts[10]
  }
}
