"""The first mirror of an account, from the reference server to the last row of the index."""
import dataclasses
import time

import bare
import idle
import peers
import playground
import world
from sampler import Sampler

NOTIFICATIONS = 50
# The allocator gives back what is free every two seconds while there is work, and after it.
SETTLED = 15


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


def synced(ground):
    """The seconds from the login until everything is there."""
    begin = time.perf_counter()
    ground.log_in()
    ground.wait("synced")
    return time.perf_counter() - begin


def first(ground, *pace):
    """Starts server and daemon and lets them mirror everything; the seconds that took."""
    ground.start_server()
    ground.start_daemon(*pace)
    return synced(ground)


def costs(ground, count, conversations, is_mixed=False):
    """Of a ground that has just been made."""
    seconds = first(ground, "--pace", "off")
    base = bare.insert_all(ground, count, conversations, is_mixed)
    return Costs(count, seconds, base, size(ground))


def filled(options, table):
    """A ground whose daemon has mirrored everything, and what that cost."""
    count, conversations = options.messages, options.conversations
    print(f"first mirror: {count:,} messages in {conversations:,} conversations, unpaced")
    ground = playground.Playground(count, conversations)
    try:
        world.notify(ground.data, NOTIFICATIONS)
        ground.start_server()
        ground.start_daemon("--pace", "off")
        with Sampler(ground.daemon) as seen:
            elapsed = synced(ground)
        kept = ground.sql("SELECT count(*) FROM message")
        if kept != count:
            raise RuntimeError(f"{kept} of {count} messages are there")
        table.add("mirror", "first mirror", elapsed, "s")
        took(ground, table, seen, count)
        base = beside(ground, table, options, elapsed)
        restarted(ground, table, options)
        return ground, Costs(count, elapsed, base, size(ground))
    except BaseException:
        ground.close()
        raise


def took(ground, table, seen, count):
    """Of the machine, while it went on and in the same daemon after it."""
    _, _, peak = idle.memory(ground.daemon)
    table.at_most("mirror", "peak of resident memory", peak, 96, "MiB")
    table.add("mirror", "anonymous memory, at most", seen.anonymous, "MiB")
    table.add("mirror", "processor", seen.processor, "s")
    table.add("mirror", "processor, a message", seen.processor / count * 1e6, "µs")
    table.add("mirror", "context switches a second", seen.switches_a_second, "/s")
    time.sleep(SETTLED)
    resident, anonymous, _ = idle.memory(ground.daemon)
    table.add("mirror", f"resident memory, {SETTLED} s later", resident, "MiB")
    table.add("mirror", f"anonymous memory, {SETTLED} s later", anonymous, "MiB")


def beside(ground, table, options, elapsed):
    """Returns the seconds of SQLite alone."""
    base = bare.insert_all(ground, options.messages, options.conversations)
    table.add("mirror", "the same rows from memory by SQLite alone", base, "s")
    table.at_least("mirror", "rate, of SQLite's alone", base / elapsed, 0.7)
    if options.peers:
        seconds_each = peers.Mail(ground.home).new(table)
        table.at_least("mirror", "messages a second, of notmuch's",
                       seconds_each / (elapsed / options.messages), 4)
    return base


def restarted(ground, table, options):
    ground.stop_daemon()
    count = options.messages
    table.add("mirror", "store, bytes a message", ground.store.stat().st_size / count, "B")
    table.add("mirror", "daemon's start to its first answer", ground.start_daemon(), "s")
    ground.wait("connected")
    idle.costs(ground, table, f"{count:,} messages", options.idle)
