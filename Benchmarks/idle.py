"""What a daemon costs the machine while nobody uses it, in real time."""
import contextlib
import os
import time

import peers
import playground


def measure(table, options):
    print("idle, in real time")
    with playground.Playground(1_000, 50) as ground:
        ground.start_server()
        first_answer = ground.start_daemon()
        ground.log_in()
        ground.wait("synced")
        ground.wait("connected")
        with peers.daemons() if options.peers else contextlib.nullcontext([]) as others:
            own, *theirs = costs(ground, table, "1,000 messages", options.idle, others)
            for peer, found in zip(others, theirs):
                beside(table, peer, found, own, first_answer)
    with playground.Playground(0, 1) as ground:
        ground.start_server()
        ground.start_daemon()
        costs(ground, table, "nobody logged in", options.idle)


class Look:
    """What a process has taken, over some seconds."""

    def __init__(self, process):
        self.process = process
        self.spent = processor(process)
        self.before = switches(process)
        self.wakes = 0

    def next(self):
        """The context switches since the last look."""
        before, self.before = self.before, switches(self.process)
        count = woken(before, self.before)
        self.wakes += count
        return count

    def end(self, seconds):
        self.processor_an_hour = (processor(self.process) - self.spent) * 3600 / seconds
        self.wakes_a_second = self.wakes / seconds
        self.resident, self.anonymous, _ = memory(self.process)


def costs(ground, table, label, seconds, others=()):
    """Wake-ups in the seconds without a request are those beyond the polls. Returns a look at the
    daemon and one at each of the `others`."""
    time.sleep(10)
    looks = [Look(ground.daemon), *(Look(other.process) for other in others)]
    quiet = wakes = 0
    for _ in range(seconds):
        asked = total(ground)
        looks[0].next()
        time.sleep(1)
        count, *_ = [look.next() for look in looks]
        if total(ground) == asked:
            quiet += 1
            wakes += count
    for look in looks:
        look.end(seconds)
    own = looks[0]
    table.at_most("idle", f"processor an hour, {label}", own.processor_an_hour, 1, "s")
    table.add("idle", f"context switches a second, {label}", own.wakes_a_second, "/s")
    table.at_most("idle", f"of those beyond the polls, {label}", wakes / max(quiet, 1), 0.2, "/s")
    table.at_most("idle", f"resident memory, {label}", own.resident, 48, "MiB")
    table.at_most("idle", f"anonymous memory, {label}", own.anonymous, 10, "MiB")
    return looks


def beside(table, peer, found, own, first_answer):
    """The daemon has a thousand messages, the peers have nothing."""
    for name, unit, mine, value in (
            ("processor an hour", "s", own.processor_an_hour, found.processor_an_hour),
            ("context switches a second", "/s", own.wakes_a_second, found.wakes_a_second),
            ("resident memory", "MiB", own.resident, found.resident),
            ("start to first answer", "s", first_answer, peer.seconds)):
        table.add("idle", f"{name}, {peer.daemon}", value, unit)
        if value > 0.01:  # mpd does nothing at all while it is idle
            table.add("idle", f"{name} / {peer.daemon}", mine / value, "×")


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
