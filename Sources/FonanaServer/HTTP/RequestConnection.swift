package import Hummingbird
import NIOCore

/// What the responder needs of the connection that a request came on.
package struct RequestConnection: InitializableFromSource, Sendable {
  package typealias Source = ApplicationRequestContextSource

  let channel: any Channel

  package init(source: ApplicationRequestContextSource) {
    channel = source.channel
  }
}
