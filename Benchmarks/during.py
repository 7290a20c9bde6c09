"""What commands meet while a first mirror runs, and what it takes meanwhile."""
import threading
import time

import idle
import playground
import timing
import world

# Long enough for some hundred commands.
MOST = 200_000
IN_A_CONVERSATION = 2_000


def measure(table, options):
    count = min(options.messages, MOST)
    print(f"during a first mirror of {count:,} messages")
    with playground.Playground(count, max(1, count // IN_A_CONVERSATION)) as ground:
        ground.start_server()
        ground.start_daemon("--pace", "off")
        ground.log_in()
        anonymous, spent, begin = [], idle.processor(ground.daemon), time.perf_counter()
        busy = commands(ground, until_synced(ground), anonymous)
        elapsed = time.perf_counter() - begin
        used = idle.processor(ground.daemon) - spent
        if not busy["status"]:
            raise RuntimeError("the first mirror was over before a command began")
        table.add("during", "anonymous memory, at most", max(anonymous), "MiB")
        table.add("during", "processor a second", used / elapsed, "s")
        calm = commands(ground, after(len(busy["status"])), [])
        for name, samples in busy.items():
            report(table, name, samples, calm[name])
        time.sleep(10)
        resident, own, _ = idle.memory(ground.daemon)
        table.add("during", "resident memory, ten seconds later", resident, "MiB")
        table.add("during", "anonymous memory, ten seconds later", own, "MiB")


def until_synced(ground):
    """A function that says whether the mirror is complete."""
    waiter = threading.Thread(target=ground.wait, args=("synced",))
    waiter.start()
    return lambda: not waiter.is_alive()


def after(rounds):
    left = iter(range(rounds))
    return lambda: next(left, None) is None


def commands(ground, is_over, anonymous):
    """Milliseconds of each command in turn, sorted; `anonymous` gets the daemon's memory."""
    program = str(playground.PRODUCTS / "fonana")
    wanted = {
        "status": ["status"], "read": ["read", "--peek", "-n", "20", world.name(0)],
        "send --no-wait": ["send", "--no-wait", world.name(0), "hello"],
    }
    samples = {name: [] for name in wanted}
    while not is_over():
        for name, words in wanted.items():
            samples[name].append(timing.run([program, *words], ground.environment))
        anonymous.append(idle.memory(ground.daemon)[1])
    return {name: sorted(values) for name, values in samples.items()}


def report(table, name, busy, calm):
    table.add("during", f"{name}, p50", timing.median(busy), "ms")
    table.add("during", f"{name}, p99", timing.at(busy, 0.99), "ms")
    table.add("during", f"{name}, at most", busy[-1], "ms")
    table.add("during", f"{name}, p50, of that with the mirror complete",
              timing.median(busy) / timing.median(calm), "×")
