"""Measures fonana, beside what others would use: `make bench` and `make bench-peers`."""
import argparse
import contextlib
import pathlib
import signal
import sys

import arrivals
import commands
import daemon
import diagnosis
import during
import growth
import idle
import latency
import mirror
import paced
import traffic
from table import Table

PARTS = ("mirror", "commands", "growth", "during", "missing", "latency", "traffic", "diagnosis",
         "idle")
ROOT = pathlib.Path(__file__).resolve().parent.parent
RESULTS, KEPT = ROOT / "dist" / "bench.json", ROOT / "docs" / "performance.json"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--conversations", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=101)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--only", choices=PARTS, action="append", help="may stand several times")
    parser.add_argument("--idle", type=int, default=60, help="seconds of looking at an idle daemon")
    parser.add_argument("--output", type=pathlib.Path, default=RESULTS)
    parser.add_argument("--keep", action="store_true", help="write it to docs/performance.json too")
    options = parser.parse_args()
    if options.keep and options.only:
        parser.error("what is kept is a whole run: --keep goes without --only")
    # So that the servers and daemons which were started end too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    table = Table()
    try:
        measure(table, options)
    finally:
        table.save(options.output)
    if options.keep:
        table.save(KEPT)


def measure(table, options):
    def wanted(*parts):
        return options.only is None or any(part in parts for part in options.only)

    unpaced = None
    if wanted("mirror", "commands", "growth"):
        unpaced = mirrors(table, options, wanted).seconds
    if wanted("during"):
        during.measure(table, options)
    if wanted("missing"):
        paced.measure(table, options, unpaced)
    if wanted("latency"):
        latency.measure(table, options)
        arrivals.measure(table)
    if wanted("traffic"):
        traffic.measure(table)
    if wanted("diagnosis"):
        diagnosis.measure(table, options)
    if wanted("idle"):
        idle.measure(table, options)
    if options.peers:
        table.note("no peer was found for: what comes over the network, an outage, the doctor")


def mirrors(table, options, wanted):
    """Those of all sizes are there at once, so that commands can be measured in turn. Returns what
    the largest has cost."""
    ground, costs = mirror.filled(options, table)
    with ground:
        with contextlib.ExitStack() as stack:
            grounds = growth.smaller(options, stack) if wanted("commands", "growth") else []
            grounds.append((ground, costs))
            if wanted("growth"):
                growth.measure(table, grounds)
            if wanted("commands"):
                commands.measure(table, options, grounds)
        if wanted("commands"):
            daemon.measure(ground, table)
    return costs


main()
