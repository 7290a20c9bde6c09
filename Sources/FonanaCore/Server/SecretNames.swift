import Synchronization

/// Names for secrets: the same name for the same secret, and a name only where the secret itself
/// must not stand. With it in an encoder's `userInfo` a token is written as its name; without it
/// no token can be written at all.
package final class SecretNames: Sendable {
  package static let key = CodingUserInfoKey(rawValue: "fonana.secretNames")

  private let names = Mutex<[String: String]>([:])

  package init() {}

  package func name(of secret: Redacted<String>) -> Redacted<String> {
    names.withLock { names in
      let name = names[secret.exposed] ?? "secret-\(names.count + 1)"
      names[secret.exposed] = name
      return Redacted(name)
    }
  }
}

/// A secret in a record of what happened. Encodes its name.
package struct NamedSecret: Codable {
  package let secret: Redacted<String>

  package init(_ secret: Redacted<String>) { self.secret = secret }

  package init(from decoder: any Decoder) throws {
    secret = Redacted(try decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    guard let key = SecretNames.key, let names = encoder.userInfo[key] as? SecretNames else {
      throw EncodingError.invalidValue(
        "a secret", .init(codingPath: encoder.codingPath, debugDescription: "Secrets stay here."))
    }
    var container = encoder.singleValueContainer()
    try container.encode(names.name(of: secret).exposed)
  }
}
