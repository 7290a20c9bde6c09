import FonanaServer
import FonanaTestSupport
import Glibc
import Testing

extension RealBinaries {
  /// stdin, stdout and stderr that are not what one hopes for.
  @Suite struct StreamTests {
    @Test(arguments: ["2>/dev/full", "2>&-", "2> >(exec true)"])
    func anErrorThatCanNotBeSaidKeepsItsExitCode(_ spoilt: String) async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.isConnected()
          for (words, status) in [("send @nobody hi", 66), ("frobnicate", 64), ("whoami", 0)] {
            let result = try await shell("fonana \(words) \(spoilt)", at: scene.desk)
            #expect(result.status == Int32(status), "\(words): \(result)")
          }
        }
      }
    }

    @Test func aReaderThatHasGoneDoesNotHideAnError() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          let line = "fonana read @nobody --json > >(exec true); echo $?"
          let seen = try await shell(line, at: scene.desk)
          #expect(seen.output == "66\n", "\(seen)")
        }
      }
    }

    @Test func aTextBehindTwoDashesIsNotReadFromStandardInput() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          let sent = try await scene.desk.fonana(
            "send", "@bob", "--wait", "--", "-", input: "secret")
          #expect(sent.status == 0, "\(sent)")
          let read = try await scene.desk.fonana("send", "@bob", "--wait", "-", input: "typed")
          #expect(read.status == 0, "\(read)")
          #expect(scene.textsFromAlice == ["-", "typed"])
        }
      }
    }

    @Test func bytesThatAreNoTextAreNotSent() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          let refused = try await shell("fonana send @bob $'a\\xffb'", at: scene.desk)
          #expect(refused.status == 64, "\(refused)")
          #expect(refused.errors.contains("UTF-8"))
          #expect(scene.textsFromAlice.isEmpty)
        }
      }
    }

    private func shell(_ line: String, at desk: Desk) async throws -> ProgramResult {
      var environment = desk.environment
      environment["PATH"] = "\(Products.folder):/usr/bin:/bin"
      return try await Program("/bin/bash", environment: environment).run(["-c", line])
    }
  }
}
