import FonanaCore
import SyncEngine

extension LaunchOptions {
  /// `arguments` are those after the program's name.
  static func parse(_ arguments: [String]) throws(FonanaError) -> LaunchOptions {
    var options = LaunchOptions()
    var words: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("--") || argument == "-h" else {
        words.append(argument)
        continue
      }
      if argument == "--" {
        words += rest
        break
      }
      try options.take(argument, &rest)
    }
    if !words.isEmpty { options.act = .configuration(try command(words)) }
    return options
  }

  private mutating func take(
    _ argument: String, _ rest: inout ArraySlice<String>
  ) throws(FonanaError) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    let name = parts.first ?? argument
    func value() throws(FonanaError) -> String {
      if parts.count == 2 { return parts[1] }
      guard let next = rest.popFirst() else { throw Self.wrong("“\(name)” needs a value.") }
      return next
    }
    switch name {
    case "--profile": profile = try value()
    case "--log-level": logLevel = try value()
    case "--time-scale": timeScale = try Self.scale(try value())
    case "--record": recordPath = try value()
    case "--mutant": mutant = try Self.mutant(try value())
    case "--pace": isPaced = try Self.pace(try value())
    case "--check": act = .check
    case "--doctor": act = .doctor
    case "--bugreport": act = .bugReport
    case "--restore": act = .restore(try value())
    case "--offline": isOffline = true
    case "--client-version": clientVersion = try value()
    case "--json": isJSON = true
    case "--version": act = .version
    case "--help", "-h": act = .help
    default: throw Self.wrong("There is no option “\(DisplayText.line(name, limit: 40))”.")
    }
  }

  private static func scale(_ text: String) throws(FonanaError) -> Int {
    guard let number = Int(text), (1...10_000).contains(number) else {
      throw wrong("--time-scale needs a whole number from 1 to 10000.")
    }
    return number
  }

  private static func pace(_ text: String) throws(FonanaError) -> Bool {
    guard ["on", "off"].contains(text) else { throw wrong("--pace needs “on” or “off”.") }
    return text == "on"
  }

  private static func mutant(_ name: String) throws(FonanaError) -> EngineMutant {
    guard let mutant = EngineMutant(rawValue: name) else {
      let names = EngineMutant.allCases.map(\.rawValue).joined(separator: ", ")
      throw wrong("“\(DisplayText.line(name, limit: 40))” is none of \(names).")
    }
    return mutant
  }

  private static func command(_ words: [String]) throws(FonanaError) -> ConfigurationCommand {
    switch (words.first, words.dropFirst().first, words.count) {
    case ("config", "list", 2), ("config", nil, 1): .list
    case ("config", "path", 2): .path
    case ("config", "get", 3): .get(words[2])
    case ("config", "set", 4): .set(words[2], words[3])
    case ("config", _, _): throw wrong("“config” takes list, path, get KEY or set KEY VALUE.")
    default: throw wrong("“\(DisplayText.line(words[0], limit: 40))” is not something it does.")
    }
  }

  private static func wrong(_ sentence: String) -> FonanaError {
    FonanaError(.invalidInput, sentence, hint: "Type “fonanad --help”.")
  }
}
