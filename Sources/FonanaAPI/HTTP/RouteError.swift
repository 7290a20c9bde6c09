/// The error text of a route: `{"error":"…"}`, JSON by its content type and with nothing else
/// inside. Pages and objects of proxies are not the route's word.
enum RouteError {
  static func read(_ body: [UInt8], contentType: String?) -> String? {
    guard contentType?.lowercased().contains("json") ?? false, let object = JSONSlice(body).object,
      object.members.count == 1, let text = object.string("error"), !text.isEmpty
    else { return nil }
    return text
  }
}
