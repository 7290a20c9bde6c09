import FonanaCore
import FonanaTestSupport

@testable import LocalStore

/// A profile's files.
struct RestorePlace {
  let home: TemporaryHome
  var store: String { home.path("data/fonana.sqlite") }
  var images: String { home.path("data/outbox") }
  var copy: String { home.path("stick/copy") }

  func opened<R>(_ body: (LocalStore) async throws -> R) async throws -> R {
    let store = try LocalStore.open(path: store)
    let result = try await body(store)
    try store.close()
    return result
  }

  func restored(from file: String? = nil, origin: String = Sample.account.origin)
    throws(FonanaError) -> RestoredStore
  {
    try LocalStore.restore(
      from: file ?? copy, to: store, images: images, origin: origin, at: Sample.time(5000))
  }
}

func withPlace(_ body: (RestorePlace) async throws -> Void) async throws {
  try await withTemporaryHome { home in
    for folder in ["data/outbox", "stick"] { try home.write("", to: "\(folder)/.keep") }
    let place = RestorePlace(home: home)
    _ = try await place.opened { try await $0.does(.pinAccount(Sample.account)) }
    try await body(place)
  }
}
