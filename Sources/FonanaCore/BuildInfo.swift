/// What `--version`, `hello` and `status` tell about this build.
package enum BuildInfo {
  package static let version = "0.1.0"

  /// The packages that it is built with, as Package.swift pins them.
  package static let dependencies = [
    "GRDB.swift 7.10.0", "async-http-client 1.37.0", "swift-nio 2.101.2", "swift-nio-ssl 2.37.6",
    "swift-nio-extras 1.35.2", "hummingbird 2.28.1", "swift-argument-parser 1.8.2",
    "swift-service-lifecycle 2.13.0", "TOMLKit 0.6.0", "swift-log 1.16.2", "swift-metrics 2.13.0",
    "swift-subprocess 1.0.2",
  ]

  /// The commit this was built from, or `unknown`.
  package static var commit: String {
    mark.hasPrefix("fonana-commit") ? "unknown" : String(mark.prefix { $0 != " " })
  }

  /// 40 bytes that the release step replaces in the finished file, so that a build never
  /// changes the source tree.
  private static let mark = "fonana-commit-unknown-------------------"
}
