import FonanaTestSupport
import Glibc
import Testing

extension RealBinaries {
  /// In a network of its own, where a test may change it.
  @Suite(.enabled(if: getuid() == 0, "a network of its own needs root"))
  struct NetworkChangeTests {
    @Test func aNewAddressIsToldAndReconnects() async throws {
      try await withTemporaryHome { home in
        let desk = Desk(home, server: "http://127.0.0.1:9")
        let script = """
          ip link set lo up || exit 3
          "$FONANA_DAEMON" & daemon=$!
          until awk '$3 == pid && $4 !~ /^0*$/ { n++ } END { exit !n }' pid=$daemon /proc/net/netlink
          do sleep 0.05; done
          ip address add 127.9.9.9/8 dev lo
          until grep -q networkChanged "$FONANA_HOME/state/default/fonanad.log"; do sleep 0.05; done
          kill $daemon; wait $daemon
          """
        var environment = desk.environment
        environment["PATH"] = "\(Products.folder):/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"
        let result = try await Program("/usr/bin/unshare", environment: environment)
          .run(["--net", "sh", "-c", script], limit: .seconds(60))
        #expect(result.exit == .code(0), "\(result)")
      }
    }
  }
}
