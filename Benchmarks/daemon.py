"""The daemon's side of what commands ask, under one client and many; the server is away."""
import contextlib
import sqlite3
import threading

import bare
import commands
import timing


def calls(ground):
    """What answers from memory and mirror, by method (docs/rpc.md)."""
    message = ground.sql("SELECT id FROM message LIMIT 1")
    return {
        "account.get": {}, "status.get": {}, "outbox.list": {}, "consumers.list": {},
        "hooks.list": {}, "config.current": {}, "message.get": {"id": message, "offset": 0},
        "notifications.list": {"limit": 20, "unreadOnly": False},
        "message.list": {"who": commands.PARTNER, "limit": 20, "oldestFirst": False},
        "conversation.list": {"unreadOnly": False, "refresh": False},
        "conversation.read": {"who": commands.PARTNER, "limit": 20, "peek": True, "all": False,
                              "unreadOnly": False},
        "message.search": {"query": commands.TERM, "limit": 20, "order": "time", "isRaw": False,
                           "paidOnly": False, "withMediaOnly": False},
    }


def measure(ground, table):
    wanted = calls(ground)
    for clients in (1, 8, 32):
        for method, parameters in wanted.items():
            add(table, method, clients, under_load(
                ground, clients, lambda peer: peer.call(method, parameters), 320 // clients))
    beside_bare(ground, table, wanted["message.search"])


def add(table, method, clients, samples):
    for share, label in ((0.5, "p50"), (0.99, "p99")):
        table.add("daemon", f"{method}, {clients} clients, {label}",
                  timing.at(samples, share), "ms")


def beside_bare(ground, table, search):
    with contextlib.closing(sqlite3.connect(f"file:{ground.store}?mode=ro", uri=True)) as file, \
            ground.connection() as peer:
        query = bare.SEARCH.format(commands.TERM)
        both = timing.in_turn({
            "bare": lambda: timing.timed(lambda: file.execute(query).fetchall()),
            "daemon": lambda: timing.timed(lambda: peer.call("message.search", search)),
        }, 101)
    value = timing.median(both["daemon"]) / timing.median(both["bare"])
    table.at_most("daemon", "search / bare FTS5 query", value, 1.5)


def under_load(ground, clients, call, times):
    """Milliseconds of `times` calls of each client, sorted."""
    samples = []

    def work():
        with ground.connection() as peer:
            own = [timing.timed(lambda: call(peer)) for _ in range(times)]
        samples.extend(own)

    workers = [threading.Thread(target=work) for _ in range(clients)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sorted(samples)
