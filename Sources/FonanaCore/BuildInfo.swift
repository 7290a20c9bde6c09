/// What `--version`, `hello` and `status` tell about this build.
package enum BuildInfo {
  package static let version = "0.1.0"

  /// The commit this was built from, or `unknown`.
  package static var commit: String {
    mark.hasPrefix("fonana-commit") ? "unknown" : String(mark.prefix { $0 != " " })
  }

  /// 40 bytes that the release step replaces in the finished file, so that a build never
  /// changes the source tree.
  private static let mark = "fonana-commit-unknown-------------------"
}
