"""What a daemon costs the machine while nobody uses it, in real time."""
import contextlib
import os
import time

import playground


def measure(table, options):
    print("idle, in real time")
    with playground.Playground(1_000, 50) as ground:
        ground.start_server()
        ground.start_daemon()
        ground.log_in()
        ground.wait("synced")
        ground.wait("connected")
        costs(ground, table, "1,000 messages", options.idle)
    with playground.Playground(0, 1) as ground:
        ground.start_server()
        ground.start_daemon()
        costs(ground, table, "nobody logged in", options.idle)


def costs(ground, table, label, seconds):
    """Wake-ups in the seconds without a request are those beyond the polls."""
    time.sleep(10)
    spent, quiet, wakes, all_wakes = processor(ground.daemon), 0, 0, 0
    for _ in range(seconds):
        asked, switched = total(ground), switches(ground.daemon)
        time.sleep(1)
        count = woken(switched, switches(ground.daemon))
        all_wakes += count
        if total(ground) == asked:
            quiet += 1
            wakes += count
    used = (processor(ground.daemon) - spent) * 3600 / seconds
    table.at_most("idle", f"processor an hour, {label}", used, 1, "s")
    table.add("idle", f"context switches a second, {label}", all_wakes / seconds, "/s")
    table.at_most("idle", f"of those beyond the polls, {label}", wakes / max(quiet, 1), 0.2, "/s")
    resident, anonymous, _ = memory(ground.daemon)
    table.at_most("idle", f"resident memory, {label}", resident, 48, "MiB")
    table.at_most("idle", f"anonymous memory, {label}", anonymous, 10, "MiB")


def memory(process):
    """Resident, anonymous and peak memory in MiB."""
    facts = {}
    for name in ("status", "smaps_rollup"):
        with open(f"/proc/{process.pid}/{name}") as lines:
            for line in lines:
                name, _, rest = line.partition(":")
                if rest.strip().endswith("kB"):
                    facts[name] = int(rest.split()[0]) / 1024
    return facts["VmRSS"], facts["Anonymous"], facts["VmHWM"]


def total(ground):
    return sum(ground.control("/_control/counters")["requests"].values())


def processor(process):
    """In seconds: the process's own clock, as a tick of /proc/PID/stat is coarser than the bar."""
    return time.clock_gettime((~process.pid << 3) | 2)


def switches(process):
    """Of each thread, by its id."""
    counts = {}
    for task in os.listdir(f"/proc/{process.pid}/task"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError), \
                open(f"/proc/{process.pid}/task/{task}/status") as lines:
            counts[task] = sum(int(line.split()[1]) for line in lines
                               if line.startswith("voluntary_ctxt_switches"))
    return counts


def woken(before, after):
    """What ended in between is not known."""
    return sum(count - before.get(task, 0) for task, count in after.items())
