import ArgumentParser

@main
struct FonanaSim: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fonana-sim",
    abstract: "Runs the engine in a simulated world, by seeds.",
    subcommands: [
      RunCommand.self, ReplayCommand.self, MutantsCommand.self, CoverageCommand.self,
      HashesCommand.self, FleetCommand.self,
    ])
}
