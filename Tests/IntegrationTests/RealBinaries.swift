import FonanaTestSupport
import Testing

/// The tests with real processes: `fonanad` and `fonana` as they are released, against a reference
/// server in this process, whose world is the truth that they are compared with.
@Suite(
  .serialized, .timeLimit(.minutes(10)),
  .enabled(if: Products.exists("fonanad"), "the release products are built by \"make test\""))
enum RealBinaries {}
