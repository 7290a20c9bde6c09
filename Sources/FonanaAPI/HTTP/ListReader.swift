/// Reads an answer with one array while it arrives; elements that are not understood are counted
/// and left out.
struct ListReader<Element: Sendable>: Sendable {
  private var stream: JSONArrayStream
  private let read: @Sendable (JSONObject) -> Element?
  private(set) var elements: [Element] = []
  private(set) var skipped = 0

  init(_ arrayName: String, _ read: @escaping @Sendable (JSONObject) -> Element?) {
    stream = JSONArrayStream(arrayName: arrayName)
    self.read = read
  }

  var isBroken: Bool { stream.isBroken }
  var isComplete: Bool { stream.isComplete }
  var members: [String: JSONSlice] { stream.members }

  mutating func feed(_ bytes: some Sequence<UInt8>) {
    var found: [Element] = []
    var skipped = 0
    stream.feed(bytes) { [read] element in
      if let value = JSONSlice(element.bytes).object.flatMap(read) {
        found.append(value)
      } else {
        skipped += 1
      }
      return true
    }
    elements += found
    self.skipped += skipped
  }
}
