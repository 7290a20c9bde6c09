import ControlProtocol
import FonanaCore

/// The methods with their handlers.
struct ControlRouter: Sendable {
  typealias Route = @Sendable ([UInt8], RPCID?, Caller) async -> [UInt8]

  private var routes: [Method: Route] = [:]

  init() {}

  mutating func on<P: Decodable, R: Encodable>(
    _ call: Call<P, R>, _ handle: @escaping @Sendable (P, Caller) async throws(FonanaError) -> R
  ) {
    routes[call.method] = { line, id, caller in
      let parameters: P
      do throws(FonanaError) {
        parameters = try RPC.parameters(of: line, for: call)
      } catch {
        return RPC.answer(RPCFailure(.invalidParameters, error.message, id: id))
      }
      do throws(FonanaError) {
        let result = try await handle(parameters, caller)
        return try RPC.answer(result, of: call, to: id ?? .number(0))
      } catch {
        return RPC.answer(RPCFailure(error, id: id))
      }
    }
  }

  var methods: Set<Method> { Set(routes.keys) }

  /// The answer as a line; nil for a notification, which is never answered.
  func answer(_ line: [UInt8], from caller: Caller) async -> [UInt8]? {
    do throws(RPCFailure) {
      let head = try RPC.head(of: line)
      guard let route = Method(rawValue: head.method).flatMap({ routes[$0] }) else {
        throw RPCFailure.unknownMethod(head.method, id: head.id)
      }
      let answer = await route(line, head.id, caller)
      return head.id == nil ? nil : answer
    } catch {
      return RPC.answer(error)
    }
  }
}
