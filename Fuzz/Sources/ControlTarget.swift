import ControlProtocol
import FonanaCore

/// Lines at the daemon's socket, and answers at the command's.
enum ControlTarget {
  static func run(_ bytes: [UInt8]) {
    var framer = LineFramer(limit: 4096)
    framer.append(bytes[...])
    while let line = try? framer.next() { read(line) }
    read(bytes)
  }

  private static func read(_ line: [UInt8]) {
    _ = try? RPC.head(of: line)
    _ = try? RPC.parameters(of: line, for: Calls.hello)
    _ = try? RPC.parameters(of: line, for: Calls.send)
    _ = try? RPC.parameters(of: line, for: Calls.read)
    _ = try? RPC.parameters(of: line, for: Calls.search)
    _ = try? RPC.parameters(of: line, for: Calls.subscribe)
    _ = try? RPC.parameters(of: line, for: Calls.wait)
    _ = try? RPC.parameters(of: line, for: Calls.notify)
    guard let value = JSONValue.parse(String(decoding: line, as: UTF8.self)) else { return }
    _ = try? StatusReport(value)
    _ = try? Calls.read.readByHand(value)
    _ = try? Calls.search.readByHand(value)
    guard let written = try? ControlJSON.encode(value) else { return }
    let again = JSONValue.parse(String(decoding: written, as: UTF8.self))
    require(again != nil, "what was written can't be read")
  }
}
