import FonanaTestSupport
import FoundationEssentials

/// Counts the allocations of the programs of one desk, by a library that is loaded before theirs.
struct AllocationCounter {
  static let compiler = ["/usr/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"]
    .first(where: FileManager.default.isExecutableFile)

  let environment: [String: String]
  private let file: String

  init(in home: TemporaryHome) async throws {
    file = home.path("allocations")
    let library = home.path("count_allocations.so")
    let source = "\(Products.repository)/Tests/Allocations/count_allocations.c"
    let compiled = try await Program(Self.compiler ?? "", environment: ["PATH": "/usr/bin:/bin"])
      .run(["-shared", "-fPIC", "-O1", "-o", library, source])
    guard compiled.status == 0 else { throw CompilationFailure(text: compiled.errors) }
    try Data(count: 8).write(to: URL(filePath: file))
    environment = ["LD_PRELOAD": library, "COUNT_ALLOCATIONS": file]
  }

  struct CompilationFailure: Error { let text: String }

  /// Since the beginning, of all programs together.
  var count: Int {
    get throws {
      let bytes = try Data(contentsOf: URL(filePath: file))
      return bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }
  }

  func count(of body: () async throws -> Void) async throws -> Int {
    let before = try count
    try await body()
    return try count - before
  }
}
