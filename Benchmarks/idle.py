"""What a daemon costs the machine while nobody uses it, in real time."""
import contextlib
import os
import time

import mirror
import playground


def measure(table, options):
    print("idle, in real time")
    with playground.Playground(1_000, 50) as ground:
        ground.start_server()
        ground.start_daemon()
        ground.log_in()
        ground.wait("synced")
        costs(ground, table, "1,000 messages", options.idle)
    with playground.Playground(0, 1) as ground:
        ground.start_server()
        ground.start_daemon()
        time.sleep(5)
        memory(ground, table, "nobody logged in")


def costs(ground, table, label, seconds):
    """Wake-ups in the seconds without a request are those beyond the polls."""
    ground.wait("connected")
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
    memory(ground, table, label)


def memory(ground, table, label):
    resident, anonymous, _ = mirror.memory(ground.daemon)
    table.at_most("idle", f"resident memory, {label}", resident, 48, "MiB")
    table.at_most("idle", f"anonymous memory, {label}", anonymous, 10, "MiB")


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
