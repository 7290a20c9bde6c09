import FonanaCore

extension OutgoingMessage {
  /// The body of `POST …/messages`. `metadata` is always an object: the server's database refuses
  /// JSON null there.
  var wireBody: String {
    var body = JSONWriter()
    body.add("content", content)
    body.add("mediaUrl", mediaURL)
    body.add("mediaType", mediaType)
    if let price, price.isFinite {
      body.add("isPaid", true)
      body.add("price", price)
    }
    body.add("metadata", raw: wireMetadata)
    return body.text
  }

  /// The user's own members, then our mark, which no member of the user's may replace.
  private var wireMetadata: String {
    var merged = JSONWriter()
    if let slice = metadata.map({ JSONSlice($0.text.utf8) }), JSONCheck.isValid(slice) {
      for member in slice.object?.members ?? [] where member.name != "fonana" {
        merged.add(member.name, raw: member.value.text)
      }
    }
    var mark = JSONWriter()
    mark.add("cid", cid.rawValue)
    mark.add("v", raw: "1")
    merged.add("fonana", raw: mark.text)
    return merged.text
  }
}
