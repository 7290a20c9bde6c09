// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
]

/// A product of another package, by the last part of its address.
func product(_ name: String, of package: String) -> Target.Dependency {
  .product(name: name, package: package)
}

let logging = product("Logging", of: "swift-log")
let nio: [Target.Dependency] = ["NIOCore", "NIOPosix", "NIOHTTP1", "NIOWebSocket"]
  .map { product($0, of: "swift-nio") }
let tls = product("NIOSSL", of: "swift-nio-ssl")
let subprocess = product("Subprocess", of: "swift-subprocess")

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func executable(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = [])
  -> Target
{
  .testTarget(
    name: name, dependencies: dependencies + ["FonanaTestSupport"], resources: resources,
    swiftSettings: strict)
}

let package = Package(
  name: "fonana",
  products: [
    .executable(name: "fonana", targets: ["fonana-cli"]),
    .executable(name: "fonanad", targets: ["fonanad"]),
    .executable(name: "fonana-server", targets: ["fonana-server"]),
    .executable(name: "fonana-sim", targets: ["fonana-sim"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
  ],
  targets: [
    library("FonanaCore"),
    library(
      "FonanaAPI",
      [
        "FonanaCore", product("AsyncHTTPClient", of: "async-http-client"), tls, logging,
        product("NIOHTTPCompression", of: "swift-nio-extras"),
      ] + nio),
    library("LocalStore", ["FonanaCore", product("GRDB", of: "GRDB.swift")]),
    library("SyncEngine", ["FonanaCore", logging]),
    library("ControlProtocol", ["FonanaCore"]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    library(
      "FonanaServer",
      [
        "CSQLite", product("Hummingbird", of: "hummingbird"), logging,
        product("NIOHTTPCompression", of: "swift-nio-extras"),
        product("NIOHTTPTypesHTTP1", of: "swift-nio-extras"),
      ] + nio),
    executable(
      "fonanad",
      [
        "FonanaCore", "FonanaAPI", "LocalStore", "SyncEngine", "ControlProtocol",
        product("ServiceLifecycle", of: "swift-service-lifecycle"),
        product("UnixSignals", of: "swift-service-lifecycle"),
        product("TOMLKit", of: "TOMLKit"), subprocess, logging,
        product("Metrics", of: "swift-metrics"),
      ] + nio),
    executable(
      "fonana-cli",
      ["FonanaCore", "ControlProtocol", product("ArgumentParser", of: "swift-argument-parser")]),
    executable(
      "fonana-server",
      [
        "FonanaServer", product("ArgumentParser", of: "swift-argument-parser"), logging,
        product("ServiceLifecycle", of: "swift-service-lifecycle"),
      ]),
    executable(
      "fonana-sim",
      [
        "FonanaCore", "SyncEngine", "LocalStore",
        product("ArgumentParser", of: "swift-argument-parser"),
      ]),
    library("FonanaTestSupport", ["FonanaCore", subprocess]),

    tests("FonanaCoreTests", ["FonanaCore"]),
    tests(
      "FonanaAPITests",
      [
        "FonanaAPI", "FonanaCore", "FonanaServer", logging, product("NIOHTTP1", of: "swift-nio"),
        product("NIOCore", of: "swift-nio"), product("NIOWebSocket", of: "swift-nio"),
      ],
      resources: [.copy("Fixtures")]),
    tests(
      "LocalStoreTests", ["LocalStore", "FonanaCore", product("GRDB", of: "GRDB.swift")],
      resources: [.copy("Fixtures")]),
    tests("SyncEngineTests", ["SyncEngine", "FonanaCore", logging]),
    tests("SimulatorTests", ["fonana-sim", "SyncEngine", "FonanaCore"]),
    tests("ControlProtocolTests", ["ControlProtocol", "FonanaCore"]),
    tests("FonanaServerTests", ["FonanaServer"], resources: [.copy("Fixtures")]),
    tests(
      "FonanadTests",
      [
        "fonanad", "FonanaServer", "ControlProtocol", "FonanaCore", "FonanaAPI", "SyncEngine",
        logging, product("NIOHTTP1", of: "swift-nio"), product("Metrics", of: "swift-metrics"),
      ]),
    tests("FonanaCLITests", ["fonana-cli", "ControlProtocol", "FonanaCore"]),
    tests("IntegrationTests", ["FonanaServer", "LocalStore"]),
  ],
  cxxLanguageStandard: .cxx17
)
