/// A descent through a conversation from its newest message.
struct Look {
  var begin: Duration
  var lastPage: Duration
}
