import FonanaCore
import SyncEngine

/// What `fonanad` was told on its command line.
struct LaunchOptions: Equatable {
  enum Act: Equatable {
    case run
    case version
    case help
    case configuration(ConfigurationCommand)
    /// Whether the configuration would do.
    case check
    /// Tries every link without a daemon: takes no lock and writes nothing.
    case doctor
    case bugReport
    /// Puts a backup in the place of the store, without a daemon.
    case restore(String)
  }

  var act: Act = .run
  var profile: String?
  var logLevel: String?
  var timeScale = 1
  /// Where the engine's events are written to.
  var recordPath: String?
  /// A deliberate defect.
  var mutant: EngineMutant?
  /// Whether a backfill rests between pages.
  var isPaced = true
  /// Of `config`, `--doctor` and `--restore`.
  var isJSON = false
  /// Of `--doctor` and `--bugreport`.
  var isOffline = false
  /// Of the command that runs `--doctor`.
  var clientVersion: String?

  static let usage = """
    usage: fonanad [--profile NAME] [--log-level LEVEL] [--time-scale N] [--record FILE]
                   [--mutant NAME] [--pace on|off]
           fonanad --check
           fonanad --doctor [--offline] [--json]
           fonanad --bugreport [--offline]
           fonanad --restore FILE [--json]
           fonanad config list|path [--json]
           fonanad config get KEY [--json]
           fonanad config set KEY VALUE [--json]
           fonanad --version | --help

    The daemon of fonana: runs in the foreground, keeps the mirror and the outbox, and answers
    the command “fonana”, which starts it when needed.

      --profile NAME     the account to serve (FONANA_PROFILE; default: default)
      --log-level LEVEL  trace, debug, info, notice, warning, error or critical
      --time-scale N     divides the engine's durations; only with a server on loopback
      --record FILE      adds all that happens to the engine to a file of your own, for
                         “fonana-sim replay --trace FILE”: with your messages, without tokens
      --mutant NAME      breaks the engine on purpose, for tests; only with a server on loopback
      --pace off         fetches without rests between pages, for benchmarks; only with a server
                         on loopback
      --check            reads the configuration as a start would, and starts nothing
      --doctor           tries every link to the server, takes no lock and writes nothing;
                         with --json a line for each, then the whole report
      --bugreport        prints a report without secrets
      --offline          of both: asks nothing of the network
      --restore FILE     puts a backup in the place of the store, while no daemon runs

    example: fonanad --profile work --log-level debug

    """
}

/// `fonanad config …`.
enum ConfigurationCommand: Equatable {
  case list
  case path
  case get(String)
  case set(String, String)
}
