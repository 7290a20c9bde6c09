"""The daemon's side of what commands ask, under one client and many; the server is away."""
import contextlib
import sqlite3

import bare
import commands
import enqueue
import timing
from load import CLIENTS, plural, under_load

EACH = 320


def calls(ground):
    """What answers from memory and mirror and can be repeated: a name, the method (docs/rpc.md),
    its parameters."""
    message = ground.sql("SELECT id FROM message LIMIT 1")
    with ground.connection() as peer:
        queued = peer.call("outbox.list", {})["items"]
    page = {"who": commands.PARTNER, "limit": 20}
    search = {"limit": 20, "order": "time", "isRaw": False, "paidOnly": False,
              "withMediaOnly": False}
    return [
        ("status.get", "status.get", {}),
        ("account.get", "account.get", {}),
        ("conversation.list", "conversation.list", {"unreadOnly": False, "refresh": False}),
        ("conversation.list, unread", "conversation.list", {"unreadOnly": True, "refresh": False}),
        ("conversation.read, 20", "conversation.read",
         page | {"peek": True, "all": False, "unreadOnly": False}),
        ("message.list, 20", "message.list", page | {"oldestFirst": False}),
        ("message.list, 500", "message.list", page | {"oldestFirst": False, "limit": 500}),
        ("message.get", "message.get", {"id": message, "offset": 0}),
        ("message.search", "message.search", search | {"query": commands.TERM}),
        ("message.search, nowhere", "message.search", search | {"query": commands.NOWHERE}),
        (f"outbox.list, {len(queued)} queued", "outbox.list", {}),
        ("outbox.show", "outbox.show", {"cid": queued[0]["cid"]}),
        ("notifications.list, 20", "notifications.list", {"limit": 20, "unreadOnly": False}),
        ("consumers.list", "consumers.list", {}),
        ("hooks.list", "hooks.list", {}),
        ("config.current", "config.current", {}),
        ("diagnostics.get", "diagnostics.get", {}),
    ]


def measure(ground, table):
    """With what was queued by the commands before."""
    wanted = calls(ground)
    lines = {name: [quantiles(under_load(
        ground, clients, lambda peer: peer.call(method, parameters), EACH // clients))
        for clients in CLIENTS] for name, method, parameters in wanted}
    beside_bare(ground, table, next(each[2] for each in wanted if each[0] == "message.search"))
    sent = enqueue.measure(ground, table)
    lines["message.send, not waiting"] = [quantiles(sent[clients]) for clients in CLIENTS]
    print(f"the daemon's side, {EACH} calls each")
    table.grid("daemon", "ms", [plural(clients) for clients in CLIENTS], lines)


def quantiles(samples):
    return {"p50": timing.median(samples), "p99": timing.at(samples, 0.99)}


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
