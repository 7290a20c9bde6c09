/// What the proxy does to a request, and to the connection that it came on.
enum ProxyFault: Sendable {
  enum Ending: String, Sendable {
    case reset
    case close
    /// Nothing passes any more and nobody closes: the connection is half-open.
    case silence
  }

  /// Nothing of the request passes; both sides are reset.
  case reset
  /// So many bytes of the request pass, then both sides are reset.
  case cutRequest(after: Int)
  /// The request passes and so many bytes of its answer; 0: the answer is lost.
  case cutAnswer(after: Int, Ending)
  /// Not even the request passes, and nobody closes.
  case swallow
  /// The answer comes later.
  case delay(Duration)
  /// The answer comes in pieces of so many bytes, ten a second.
  case slow(bytes: Int)
  /// The request does not pass; the client gets this.
  case answer(ProxyAnswer)

  var name: String {
    switch self {
    case .reset: "reset"
    case .cutRequest(let count): "cut request after \(count)"
    case .cutAnswer(let count, let ending): "cut answer after \(count), \(ending.rawValue)"
    case .swallow: "swallow"
    case .delay: "delay"
    case .slow: "slow"
    case .answer(let answer): "answer \(answer.name)"
    }
  }
}
