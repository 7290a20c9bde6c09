/// The registry's numbers in the text format of Prometheus, version 0.0.4.
struct PrometheusText {
  private(set) var text = ""

  init(_ registry: MetricsRegistry) {
    for name in MetricName.allCases {
      switch name.kind {
      case .counter, .gauge: add(name, registry.numbers(name))
      case .histogram: add(name, registry.histograms(name))
      }
    }
  }

  private mutating func add(
    _ name: MetricName, _ series: [(labels: MetricsRegistry.Labels, value: Double)]
  ) {
    guard !series.isEmpty else { return }
    addHead(name)
    for (labels, value) in series { addLine(name.rawValue, labels, value) }
  }

  private mutating func add(
    _ name: MetricName,
    _ series: [(labels: MetricsRegistry.Labels, counts: HistogramSeries.Counts)]
  ) {
    guard !series.isEmpty else { return }
    addHead(name)
    for (labels, counts) in series {
      var total = 0
      for (index, count) in counts.buckets.enumerated() {
        total += count
        let isLast = index == HistogramSeries.bounds.count
        let bound = isLast ? "+Inf" : Self.number(HistogramSeries.bounds[index])
        addLine(
          "\(name.rawValue)_bucket", labels + [.init(name: "le", value: bound)], Double(total))
      }
      addLine("\(name.rawValue)_sum", labels, counts.sum)
      addLine("\(name.rawValue)_count", labels, Double(total))
    }
  }

  private mutating func addHead(_ name: MetricName) {
    text += "# HELP \(name.rawValue) \(name.help)\n# TYPE \(name.rawValue) \(name.kind.rawValue)\n"
  }

  private mutating func addLine(
    _ name: String, _ labels: MetricsRegistry.Labels, _ value: Double
  ) {
    let list = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
    text += list.isEmpty ? name : "\(name){\(list)}"
    text += " \(Self.number(value))\n"
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return Int64(exactly: value).map(String.init) ?? "\(value)"
  }

  private static func escaped(_ value: String) -> String {
    var result = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
