import Hummingbird
import NIOCore

/// Turns HTTP requests into questions to the world and puts faults between the two.
struct APIResponder: HTTPResponder {
  typealias Context = RequestConnection

  /// What nginx lets through.
  private static let maximumBody = 100 << 20

  let world: World
  let faults: FaultTable
  let control: ControlRoutes?

  func respond(to request: Request, context: RequestConnection) async throws -> Response {
    var request = request
    guard let body = try? await request.collectBody(upTo: Self.maximumBody) else {
      return FaultResponse.html(413).response.hummingbird
    }
    var question = APIRequest(request, body: body)
    if question.path.hasPrefix("/_control/"), let control {
      return control.respond(to: question).hummingbird
    }
    let generation = world.read { $0.settings.generation }
    let route = Route(
      method: question.method, path: question.path, generation: generation)
    let record = world.update { $0.admit(question, route) }
    question.number = record.number
    let exchange = Exchange(
      world: world, faults: faults, question: question, route: route, record: record,
      request: request, channel: context.channel)
    let response = try await exchange.respond()
    if world.read({ $0.failure != nil }) {
      try await context.channel.close(mode: .all)
      throw Exchange.NoAnswer()
    }
    return response
  }
}

extension APIRequest {
  init(_ request: Request, body: ByteBuffer) {
    var headers: [String: String] = [:]
    for field in request.headers {
      headers[field.name.canonicalName] = field.value
    }
    self.init(
      method: request.method.rawValue, target: request.head.path ?? "/", headers: headers,
      body: Array(body.readableBytesView))
  }
}

extension APIResponse {
  var hummingbird: Response {
    Response(
      status: .init(code: status), headers: fields,
      body: .init(byteBuffer: ByteBuffer(bytes: body)))
  }

  var fields: HTTPFields {
    var fields = HTTPFields()
    fields[.contentType] = contentType
    for header in headers {
      guard let name = HTTPFields.Element.Name(header.name) else { continue }
      fields[name] = header.value
    }
    return fields
  }
}
