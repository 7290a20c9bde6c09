"""A first mirror with its rests, as people have it: after each page the daemon rests for as long as
the server took to answer."""
import math

import mirror
import missing
import playground

IN_A_CONVERSATION = 2_000
PAGES = "GET /api/conversations/:id/messages"
# A server that is not on the loopback, where rests are hardly seen; and how much it has.
MILLISECONDS_AWAY = 100
FAR = 20_000


def measure(table, options, unpaced):
    """`unpaced`: the seconds of as much without rests in this run; None: not measured."""
    count = options.messages
    print("first mirror, paced, and what was missed after it")
    with playground.Playground(count, max(missing.PARTNERS, options.conversations)) as ground:
        elapsed = report(table, f"{count:,} messages, paced", count, *run(ground, "on"))
        if unpaced:
            table.add("paced", f"{count:,} messages, paced / unpaced", elapsed / unpaced, "×")
        missing.measure(ground, table)
    far(table, min(FAR, count))


def far(table, count):
    label = f"{count:,} messages, {MILLISECONDS_AWAY} ms away"
    seconds = {}
    for name, pace in (("paced", "on"), ("unpaced", "off")):
        with playground.Playground(count, math.ceil(count / IN_A_CONVERSATION)) as ground:
            found = run(ground, pace, MILLISECONDS_AWAY)
        seconds[name] = report(table, f"{label}, {name}", count, *found)
    table.add("paced", f"{label}, paced / unpaced", seconds["paced"] / seconds["unpaced"], "×")


def run(ground, pace, network=0):
    """Seconds, and the pages that were asked for."""
    ground.start_server()
    if network:
        ground.post("/_control/faults", {"route": PAGES, "when": "before", "action": "delay",
                                         "milliseconds": network, "count": None})
    ground.start_daemon("--pace", pace)
    elapsed = mirror.synced(ground)
    return elapsed, ground.control("/_control/counters")["requests"][PAGES]


def report(table, label, count, elapsed, pages):
    table.add("paced", label, elapsed, "s")
    table.add("paced", f"{label}: rate", count / elapsed, "/s")
    table.add("paced", f"{label}: pages a minute", pages * 60 / elapsed, "/min")
    return elapsed
