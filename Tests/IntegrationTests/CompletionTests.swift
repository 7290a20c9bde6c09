import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Testing

extension RealBinaries {
  /// The scripts of `fonana completions`, in the shells themselves.
  @Suite struct CompletionTests {
    @Test(arguments: ["bash", "zsh", "fish"])
    func aNameIsCompletedFromTheMirror(shell: String) async throws {
      guard ["/usr/bin", "/bin"].contains(where: { exists("\($0)/\(shell)") }),
        shell == "bash" || exists("/usr/bin/zsh")
      else { try Test.cancel("\(shell) is installed by \"make deps\"") }
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          var desk = scene.desk
          desk.environment["FONANA_BIN"] = Products.folder
          desk.environment["TERM"] = "xterm"
          let script = "\(Products.repository)/scripts/try-completions.sh"
          let result = try await Program("bash", environment: desk.environment)
            .run([script, shell, "bo"])
          #expect(result.status == 0 && result.output.contains("bob"), "\(result)")
          // The other end, who knows Alice; Alice herself does not.
          try await desk.withDaemon(["--profile", "work"]) { _ in
            let login = try await desk.fonana(
              "login", "--wallet", scene.bob.wallet, "--no-input", "--profile", "work")
            #expect(login.status == 0, "\(login)")
            let other = try await Program("bash", environment: desk.environment)
              .run([script, shell, "al", "--profile work"])
            // A terminal is read until there is one letter more.
            #expect(other.status == 0 && other.output.contains("ali"), "\(other)")
          }
        }
      }
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
  }
}
