import FonanaCore
import Testing

@testable import fonanad

@Suite struct LaunchOptionsTests {
  @Test func optionsTakeTheirValueInBothForms() throws {
    let options = try LaunchOptions.parse([
      "--profile=work", "--log-level", "debug", "--time-scale", "5",
    ])
    #expect(options.profile == "work" && options.logLevel == "debug" && options.timeScale == 5)
    #expect(options.act == .run)
  }

  @Test func configurationCommandsAreRead() throws {
    #expect(try LaunchOptions.parse(["config"]).act == .configuration(.list))
    #expect(
      try LaunchOptions.parse(["config", "set", "a", "--", "-1"]).act
        == .configuration(.set("a", "-1")))
    #expect(try LaunchOptions.parse(["--json", "config", "get", "a"]).isJSON)
  }

  @Test(arguments: [
    ["--nonsense"], ["--pace", "fast"], ["--mutant", "none"], ["--record"], ["--profile"],
    ["--time-scale", "0"],
    ["run"], ["config", "unset", "a"],
  ])
  func wrongArgumentsAreWrongUsage(arguments: [String]) {
    let error = #expect(throws: FonanaError.self) { try LaunchOptions.parse(arguments) }
    #expect(error.map { ExitStatus(for: $0.code) } == .usage)
  }
}
