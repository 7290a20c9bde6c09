/// An answer with a status and an `error`, given before anything was stored.
struct Rejection: Error, Equatable {
  let status: Int
  let message: String

  init(_ status: Int, _ message: String) {
    self.status = status
    self.message = message
  }

  var response: APIResponse { .error(message, status: status) }
}
