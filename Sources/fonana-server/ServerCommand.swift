import ArgumentParser
import FonanaServer
import Glibc
import Logging
import ServiceLifecycle

@main
struct ServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fonana-server",
    abstract: "A reference server of the Fonana protocol on loopback, with faults on demand.")

  @Option(help: "The generation of the protocol: A or B.")
  var generation = ServerGeneration.b

  @Option(help: "The HTTP port; 0 takes any free one.")
  var port = 3000

  @Option(help: "The WebSocket port; 0 takes any free one.")
  var wsPort = 3002

  @Option(help: "How many seconds a token lives.")
  var tokenTtl = 30 * 86_400

  @Flag(
    inversion: .prefixedNo,
    help: "Push new messages over the WebSocket (default: generation A yes, B no).")
  var push: Bool?

  @Option(help: "A JSON file of users, conversations and messages; or \"demo\".")
  var seed: String?

  @Flag(help: "Answer the control interface under /_control/ on the HTTP port.")
  var control = false

  @Option(help: "Keep the world in this SQLite file over restarts.")
  var data: String?

  @Option(help: "The text that signs the tokens.")
  var secret = "fonana-reference-server"

  func validate() throws {
    guard (0...65_535).contains(port), (0...65_535).contains(wsPort) else {
      throw ValidationError("A port is a number from 0 to 65535.")
    }
    guard tokenTtl > 0 else { throw ValidationError("A token must live for a second at least.") }
  }

  func run() async throws {
    signal(SIGPIPE, SIG_IGN)
    let server = try ReferenceServer(configuration: serverConfiguration)
    if let seed { try server.world.plant(Seed(named: seed)) }
    let group = ServiceGroup(
      configuration: .init(
        services: [
          .init(
            service: SignalService(), successTerminationBehavior: .gracefullyShutdownGroup),
          .init(service: ServingService(server: server)),
          .init(service: ReadyService(server: server, generation: generation)),
        ],
        logger: Logger(label: "fonana-server") { _ in SwiftLogNoOpLogHandler() }))
    try await group.run()
  }

  private var serverConfiguration: ServerConfiguration {
    var configuration = ServerConfiguration(generation: generation)
    configuration.httpPort = port
    configuration.webSocketPort = wsPort
    configuration.tokenLifetime = .seconds(tokenTtl)
    configuration.pushesMessages = push
    configuration.offersControl = control
    configuration.dataFile = data
    configuration.secret = secret
    return configuration
  }
}

extension ServerGeneration: ExpressibleByArgument {
  public init?(argument: String) {
    self.init(rawValue: argument.uppercased())
  }
}
