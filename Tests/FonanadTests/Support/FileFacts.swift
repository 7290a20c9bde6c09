import FoundationEssentials

/// The rights of what is at a path, a link not followed; nil: nothing is there.
func permissions(of path: String) -> UInt? {
  guard let facts = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
  return facts[.posixPermissions] as? UInt ?? .max
}
