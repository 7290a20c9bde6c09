import FonanaTestSupport
import Testing

extension RealBinaries {
  /// The simulator is not blind: it finds each deliberate defect of the core.
  @Suite(.enabled(if: Products.exists("fonana-sim"), "built by \"make test\""))
  struct MutantHuntTests {
    @Test func everyMutantOfTheCoreIsFound() async throws {
      let simulator = Program(Products.path(of: "fonana-sim"))
      let result = try await simulator.run(["mutants"], limit: .seconds(150))
      print(result.output)
      #expect(result.status == 0, "\(result.output)\(result.errors)")
      #expect(result.output.contains("17 of 17 mutants found"))
    }

    @Test func aMutantThatSurvivesIsAFailure() async throws {
      let simulator = Program(Products.path(of: "fonana-sim"))
      // No seed at all finds nothing.
      let result = try await simulator.run(["mutants", "--seeds", "0"])
      #expect(result.status == 1)
      #expect(result.output.contains("0 of 17 mutants found"))
    }
  }
}
