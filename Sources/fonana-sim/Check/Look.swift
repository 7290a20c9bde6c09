/// A descent through a conversation from its newest message.
struct Look {
  var begin: Duration
  /// What the server had committed when it began.
  var commits = 0
  var lastPage: Duration
}
