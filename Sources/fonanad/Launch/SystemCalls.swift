import Glibc

/// Calls of the C library that Swift's module of it leaves out.
enum SystemCalls {
  /// No core files and no tracing by other processes of the user.
  static func forbidDumps() {
    typealias Call = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32
    let setDumpable: Int32 = 4
    if let call = find("prctl", as: Call.self) { _ = call(setDumpable, 0, 0, 0, 0) }
  }

  /// How many heaps glibc keeps: each holds on to what was freed in it.
  static func limitArenas(to count: Int32) {
    typealias Call = @convention(c) (Int32, Int32) -> Int32
    let arenaMax: Int32 = -8
    if let call = find("mallopt", as: Call.self) { _ = call(arenaMax, count) }
  }

  /// What the heaps hold and nobody uses.
  static func returnFreeMemory() {
    typealias Call = @convention(c) (Int) -> Int32
    if let call = find("malloc_trim", as: Call.self) { _ = call(0) }
  }

  private static func find<Call>(_ name: String, as type: Call.Type) -> Call? {
    dlsym(nil, name).map { unsafeBitCast($0, to: type) }
  }
}
