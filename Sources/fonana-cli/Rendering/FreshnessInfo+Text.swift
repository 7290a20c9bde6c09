import ControlProtocol
import FonanaCore

extension FreshnessInfo {
  /// What a reader must know of data that may be old; nil when it is current.
  func remark(_ style: TextStyle) -> String? {
    var parts: [String] = []
    if source == .stale || source == .starting {
      parts.append(source == .stale ? "not current" : "not connected yet")
      if let time = completeUpTo ?? lastPullAt {
        parts.append("as of \(TextStyle.amount(max(.zero, style.now - time))) ago (\(time))")
      } else {
        parts.append("never fetched yet")
      }
    }
    if gaps > 0 { parts.append(DisplayText.count(gaps, "gap") + " not fetched yet") }
    if source == .stale { parts.append("“fonana status” says why") }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// Of current data, for those who want to know: up to when, and how that is known.
  func assurance(_ style: TextStyle) -> String {
    guard let completeUpTo else { return source.phrase }
    let age = TextStyle.amount(max(.zero, style.now - completeUpTo))
    return "complete up to \(age) ago (\(completeUpTo)): \(source.phrase)"
  }
}

extension FreshnessInfo.Source {
  /// How it is known.
  var phrase: String {
    switch self {
    case .push: "the server pushes"
    case .poll: "asked for"
    case .stale: "the server can't be asked"
    case .starting: "the server was not heard from yet"
    }
  }
}

extension Context {
  /// For what does not say itself how old it is. It has been shown already: nothing fails here.
  func remarkAge() {
    guard !output.isJSON, let sync = try? call(Calls.status, NoParameters()).sync else { return }
    output.remark(
      FreshnessInfo(
        completeUpTo: sync.completeUpTo, gaps: 0, source: sync.source, lastPullAt: sync.lastPullAt))
  }
}

extension Output {
  /// Tells on stderr how old text is, and with `--verbose` how new; JSON says it itself.
  func remark(_ freshness: FreshnessInfo) {
    guard !isJSON else { return }
    let assurance = isVerbose ? freshness.assurance(style) : nil
    if let remark = freshness.remark(style) ?? assurance { note("(\(remark))") }
  }
}
