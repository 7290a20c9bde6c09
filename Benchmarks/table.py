"""What was measured, as a table for a person and as JSON for later comparisons."""
import datetime
import json
import os
import pathlib
import subprocess
import time


class Table:
    def __init__(self):
        self.rows = []
        self.notes = []
        self.load = os.getloadavg()[0]
        self.begin = time.monotonic()

    def add(self, group, name, value, unit, bar=None, worse=None):
        """`bar`: what it is to be held against; `worse`: a function that says whether it fails."""
        failed = worse(value) if worse else None
        self.keep(group, name, value, unit, bar, None if failed is None else not failed)
        verdict = "" if failed is None else ("  missed" if failed else "  met")
        against = f"  (bar: {bar}){verdict}" if bar else ""
        print(f"  {name:<58} {value:>12,.3f} {unit}{against}", flush=True)

    def keep(self, group, name, value, unit, bar=None, is_met=None):
        """Not shown: a row of the JSON."""
        self.rows.append({"group": group, "name": name, "value": value, "unit": unit,
                          "bar": bar, "isMet": is_met})

    def at_most(self, group, name, value, limit, unit="×"):
        self.add(group, name, value, unit, f"at most {limit:g}", lambda value: value > limit)

    def at_least(self, group, name, value, limit, unit="×"):
        self.add(group, name, value, unit, f"at least {limit:g}", lambda value: value < limit)

    def grid(self, group, unit, columns, lines):
        """`lines`: name to its cells, one for each column, each a part (p50, …) to its value."""
        parts = list(next(iter(lines.values()))[0])
        title = f"{parts[0]} ({', '.join(parts[1:])}), {unit}"
        print(f"  {title:<40}" + "".join(f"{column:>26}" for column in columns))
        for name, cells in lines.items():
            for column, cell in zip(columns, cells):
                for part, value in cell.items():
                    self.keep(group, f"{name}, {column}, {part}", value, unit)
            print(f"  {name:<40}" + "".join(f"{shown(cell):>26}" for cell in cells), flush=True)

    def note(self, text):
        self.notes.append(text)
        print(f"  {text}", flush=True)

    def save(self, path):
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True,
                                text=True, cwd=pathlib.Path(__file__).parent).stdout.strip()
        facts = {"at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
                 "commit": commit, "cores": os.cpu_count(), "loadBefore": self.load,
                 "seconds": round(time.monotonic() - self.begin), "notes": self.notes,
                 "rows": self.rows}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")
        print(f"written to {path}")


def shown(cell):
    first, *others = (f"{value:,.2f}" for value in cell.values())
    return f"{first} ({', '.join(others)})"
