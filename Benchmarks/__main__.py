"""Measures fonana, beside what others would use: `make bench` and `make bench-peers`."""
import argparse
import pathlib

import arrivals
import commands
import diagnosis
import during
import growth
import idle
import latency
import mirror
import missing
import traffic
from table import Table

PARTS = ("mirror", "commands", "during", "growth", "missing", "latency", "traffic", "diagnosis", "idle")
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

    if wanted("mirror", "commands", "growth"):
        ground, costs = mirror.filled(options, table)
        with ground:
            if wanted("commands"):
                commands.measure(ground, table, options)
        if wanted("growth"):
            growth.measure(table, options, costs)
    if wanted("during"):
        during.measure(table, options)
    if wanted("missing"):
        missing.measure(table, options)
    if wanted("latency"):
        latency.measure(table, options)
        arrivals.measure(table)
    if wanted("traffic"):
        traffic.measure(table)
    if wanted("diagnosis"):
        diagnosis.measure(table, options)
    if wanted("idle"):
        idle.measure(table, options)


main()
