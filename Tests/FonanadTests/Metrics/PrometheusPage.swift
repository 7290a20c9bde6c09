import Testing

/// The text format of Prometheus, read as strictly as its specification has it.
struct PrometheusPage {
  struct Sample: Equatable {
    var name: String
    var labels: [String: String]
    var value: Double
  }

  struct Malformed: Error {
    let line: String
    let why: String
  }

  private(set) var samples: [Sample] = []
  private(set) var types: [String: String] = [:]
  private var helps: Set<String> = []
  private var seen: Set<String> = []

  init(_ text: String) throws {
    guard text.hasSuffix("\n") else { throw Malformed(line: "", why: "no last newline") }
    for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
      try take(String(line))
    }
    try checkHistograms()
  }

  subscript(_ name: String, _ labels: [String: String] = [:]) -> Double? {
    samples.first { $0.name == name && $0.labels == labels }?.value
  }

  /// Of all series of that name.
  func sum(_ name: String, where matches: ([String: String]) -> Bool = { _ in true }) -> Double {
    samples.filter { $0.name == name && matches($0.labels) }.reduce(0) { $0 + $1.value }
  }

  private mutating func take(_ line: String) throws {
    guard line.hasPrefix("#") else { return try takeSample(line) }
    let words = line.split(separator: " ", maxSplits: 3).map(String.init)
    guard words.count == 4 else { throw Malformed(line: line, why: "not a whole comment") }
    switch words[1] {
    case "HELP": guard helps.insert(words[2]).inserted else { throw twice(line) }
    case "TYPE":
      guard types.updateValue(words[3], forKey: words[2]) == nil else { throw twice(line) }
      guard ["counter", "gauge", "histogram"].contains(words[3]) else {
        throw Malformed(line: line, why: "no such type")
      }
    default: throw Malformed(line: line, why: "no such comment")
    }
  }

  private mutating func takeSample(_ line: String) throws {
    guard let space = line.lastIndex(of: " "), let value = Self.number(line[space...].dropFirst())
    else { throw Malformed(line: line, why: "no value") }
    let head = line[..<space]
    let brace = head.firstIndex(of: "{") ?? head.endIndex
    let name = String(head[..<brace])
    guard Self.isName(name), helps.contains(family(name)), types[family(name)] != nil else {
      throw Malformed(line: line, why: "no name with HELP and TYPE before it")
    }
    guard seen.insert(String(head)).inserted else { throw twice(line) }
    let labels = try brace == head.endIndex ? [:] : labels(head[brace...], line)
    samples.append(Sample(name: name, labels: labels, value: value))
  }

  private func labels(_ text: Substring, _ line: String) throws -> [String: String] {
    guard text.hasSuffix("}") else { throw Malformed(line: line, why: "no closing brace") }
    var rest = text.dropFirst().dropLast()
    var labels: [String: String] = [:]
    while !rest.isEmpty {
      let name = String(rest.prefix { $0 != "=" })
      rest = rest.dropFirst(name.count)
      guard Self.isName(name), rest.hasPrefix("=\"") else {
        throw Malformed(line: line, why: "a label without name or quote")
      }
      rest = rest.dropFirst(2)
      guard labels.updateValue(try Self.value(&rest, line), forKey: name) == nil else {
        throw twice(line)
      }
      if rest.hasPrefix(",") { rest = rest.dropFirst() }
    }
    return labels
  }

  private static func value(_ rest: inout Substring, _ line: String) throws -> String {
    var value = ""
    while let character = rest.popFirst() {
      switch character {
      case "\"": return value
      case "\\":
        guard let next = rest.popFirst(), let plain = ["\\": "\\", "\"": "\"", "n": "\n"][next]
        else { throw Malformed(line: line, why: "an unknown escape") }
        value += plain
      default: value.append(character)
      }
    }
    throw Malformed(line: line, why: "a quote that does not end")
  }

  /// Buckets grow, the last is `+Inf` and equals the count.
  private func checkHistograms() throws {
    for (name, type) in types where type == "histogram" {
      let counts = samples.filter { $0.name == name + "_count" }
      for count in counts {
        let buckets = samples.filter { sample in
          var labels = sample.labels
          labels["le"] = nil
          return sample.name == name + "_bucket" && labels == count.labels
        }
        let isGrowing = zip(buckets, buckets.dropFirst()).allSatisfy { $0.value <= $1.value }
        guard isGrowing, buckets.last?.labels["le"] == "+Inf", buckets.last?.value == count.value,
          self[name + "_sum", count.labels] != nil
        else { throw Malformed(line: name, why: "not a histogram") }
      }
    }
  }

  private func family(_ name: String) -> String {
    for suffix in ["_bucket", "_sum", "_count"] where name.hasSuffix(suffix) {
      let base = String(name.dropLast(suffix.count))
      if types[base] == "histogram" { return base }
    }
    return name
  }

  private func twice(_ line: String) -> Malformed { Malformed(line: line, why: "said twice") }

  private static func number(_ text: Substring) -> Double? {
    switch text {
    case "+Inf": .infinity
    case "-Inf": -.infinity
    case "NaN": .nan
    default: Double(String(text))
    }
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.first, !first.isNumber else { return false }
    return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
  }
}
