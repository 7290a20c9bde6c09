"""The first mirror of an account, from the reference server to the last row of the index."""
import dataclasses
import time

import bare
import idle
import peers
import playground


@dataclasses.dataclass
class Costs:
    """Seconds of a first mirror, and of SQLite alone with the same rows."""
    count: int
    seconds: float
    bare_seconds: float
    store_bytes: int

    @property
    def each(self):
        return self.seconds / self.count

    @property
    def bare_each(self):
        return self.bare_seconds / self.count


def size(ground):
    """Of the store, with what is still in its log."""
    return ground.sql("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")


def first(ground):
    """Starts server and daemon and lets them mirror everything; the seconds that took."""
    ground.start_server()
    ground.start_daemon("--pace", "off")
    begin = time.perf_counter()
    ground.log_in()
    ground.wait("synced")
    return time.perf_counter() - begin


def filled(options, table):
    """A ground whose daemon has mirrored everything, and what that cost."""
    count, conversations = options.messages, options.conversations
    print(f"first mirror: {count:,} messages in {conversations:,} conversations, unpaced")
    ground = playground.Playground(count, conversations)
    try:
        elapsed = first(ground)
        base = report(ground, table, options, elapsed)
        return ground, Costs(count, elapsed, base, size(ground))
    except BaseException:
        ground.close()
        raise


def beside_notmuch(ground, table, seconds_each, count=20_000):
    seconds = peers.notmuch_seconds(ground.home, count)
    table.add("mirror", f"notmuch new, {count:,} messages", seconds, "s")
    table.at_least("mirror", "messages a second, of notmuch's", seconds / count / seconds_each, 4)


def report(ground, table, options, elapsed):
    """Returns the seconds of SQLite alone."""
    count, conversations = options.messages, options.conversations
    kept = ground.sql("SELECT count(*) FROM message")
    if kept != count:
        raise RuntimeError(f"{kept} of {count} messages are there")
    table.add("mirror", "first mirror", elapsed, "s")
    _, _, peak = idle.memory(ground.daemon)
    table.at_most("mirror", "peak of resident memory", peak, 96, "MiB")
    statements = bare.schema(ground.store)
    base = bare.insert_all(ground.home / "bare.sqlite", statements, count, conversations)
    table.add("mirror", "the same rows from memory by SQLite alone", base, "s")
    if options.peers:
        beside_notmuch(ground, table, elapsed / count)
    table.at_least("mirror", "rate, of SQLite's alone", base / elapsed, 0.7)
    ground.stop_daemon()
    size = ground.store.stat().st_size / count
    table.add("mirror", "store, bytes a message", size, "B")
    table.add("mirror", "daemon's start to its first answer", ground.start_daemon(), "s")
    ground.wait("connected")
    idle.costs(ground, table, f"{count:,} messages", options.idle)
    return base
