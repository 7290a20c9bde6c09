"""Measures fonana, beside what others would use: `make bench` and `make bench-peers`."""
import argparse
import pathlib

import commands
import latency
import mirror
from table import Table

RESULTS = pathlib.Path(__file__).resolve().parent.parent / "dist" / "bench.json"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--conversations", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=101)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--only", choices=["mirror", "commands", "latency"])
    parser.add_argument("--output", type=pathlib.Path, default=RESULTS)
    options = parser.parse_args()
    table = Table()
    if options.only != "latency":
        with mirror.filled(options, table) as ground:
            if options.only != "mirror":
                commands.measure(ground, table, options)
    if options.only in (None, "latency"):
        latency.measure(table, options)
    table.save(options.output)


main()
