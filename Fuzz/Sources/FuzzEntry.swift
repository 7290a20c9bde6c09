import Glibc

/// One input of libFuzzer for the target that `FUZZ_TARGET` names.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let target = FuzzTarget.chosen
  LastInput.keep(start, count)
  target.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

enum FuzzTarget: String, CaseIterable {
  case frames, bodies, control, text, tokens, settings

  static let chosen: FuzzTarget = {
    LastInput.writeItWhenAllEnds()
    guard let name = getenv("FUZZ_TARGET"), let target = FuzzTarget(rawValue: String(cString: name))
    else { fatalError("FUZZ_TARGET is one of \(allCases.map(\.rawValue))") }
    return target
  }()

  func run(_ bytes: [UInt8]) {
    switch self {
    case .frames: FrameTarget.run(bytes)
    case .bodies: BodyTarget.run(bytes)
    case .control: ControlTarget.run(bytes)
    case .text: TextTarget.run(bytes)
    case .tokens: TokenTarget.run(bytes)
    case .settings: SettingsTarget.run(bytes)
    }
  }
}

/// The input at which the process ends: a trap of Swift is a signal that libFuzzer does not see here.
enum LastInput {
  nonisolated(unsafe) private static var start: UnsafePointer<UInt8>?
  nonisolated(unsafe) private static var count = 0
  nonisolated(unsafe) private static var path: UnsafeMutablePointer<CChar>?

  static func keep(_ start: UnsafePointer<UInt8>?, _ count: Int) {
    (self.start, self.count) = (start, count)
  }

  /// Into the file that `FUZZ_FOUND` names. One thread runs: what a handler may do is done only.
  static func writeItWhenAllEnds() {
    path = getenv("FUZZ_FOUND").flatMap { strdup($0) }
    for number in [SIGILL, SIGABRT, SIGSEGV, SIGTRAP, SIGFPE, SIGBUS] {
      signal(number) { _ in
        if let path = LastInput.path, let start = LastInput.start {
          let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
          _ = write(file, start, LastInput.count)
          close(file)
        }
        _exit(77)
      }
    }
  }
}

/// What must hold whatever comes.
func require(_ holds: Bool, _ what: @autoclosure () -> String) {
  if !holds { fatalError(what()) }
}
