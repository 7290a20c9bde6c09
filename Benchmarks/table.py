"""What was measured, as a table for a person and as JSON for later comparisons."""
import datetime
import json
import os
import pathlib
import subprocess


class Table:
    def __init__(self):
        self.rows = []

    def add(self, group, name, value, unit, bar=None, worse=None):
        """`bar`: what it is to be held against; `worse`: a function that says whether it fails."""
        failed = worse(value) if worse else None
        self.rows.append({"group": group, "name": name, "value": value, "unit": unit,
                          "bar": bar, "isMet": None if failed is None else not failed})
        verdict = "" if failed is None else ("  missed" if failed else "  met")
        against = f"  (bar: {bar}){verdict}" if bar else ""
        print(f"  {name:<58} {value:>12,.3f} {unit}{against}", flush=True)

    def at_most(self, group, name, value, limit, unit="×"):
        self.add(group, name, value, unit, f"at most {limit:g}", lambda value: value > limit)

    def at_least(self, group, name, value, limit, unit="×"):
        self.add(group, name, value, unit, f"at least {limit:g}", lambda value: value < limit)

    def save(self, path):
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True,
                                text=True, cwd=pathlib.Path(__file__).parent).stdout.strip()
        facts = {"at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
                 "commit": commit, "cores": os.cpu_count(),
                 "load": os.getloadavg()[0], "rows": self.rows}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(facts, indent=1) + "\n")
        print(f"written to {path}")
