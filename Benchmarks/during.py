"""What commands meet while a first mirror runs, beside the same with the mirror complete."""
import threading
import time

import playground
import timing
import world

# Long enough for some hundred commands.
MOST = 300_000
IN_A_CONVERSATION = 2_000


def measure(table, options):
    count = min(options.messages, MOST)
    print(f"during a first mirror of {count:,} messages")
    with playground.Playground(count, max(1, count // IN_A_CONVERSATION)) as ground:
        ground.start_server()
        ground.start_daemon("--pace", "off")
        ground.log_in()
        while not ground.sql("SELECT count(*) FROM conversation"):
            time.sleep(0.01)
        busy = commands(ground, until_synced(ground))
        if not busy["status"]:
            raise RuntimeError("the first mirror was over before a command began")
        calm = commands(ground, after(len(busy["status"])))
    table.grid("during", "ms", ["during it", "afterwards"],
               {name: [spread(samples), spread(calm[name])] for name, samples in busy.items()})
    table.add("during", "commands of each kind in that time", len(busy["status"]), "")
    for name, samples in busy.items():
        table.add("during", f"{name}, p50, of that with the mirror complete",
                  timing.median(samples) / timing.median(calm[name]), "×")
        table.add("during", f"{name}, at most, of that with the mirror complete",
                  samples[-1] / calm[name][-1], "×")


def until_synced(ground):
    """A function that says whether the mirror is complete."""
    waiter = threading.Thread(target=ground.wait, args=("synced",))
    waiter.start()
    return lambda: not waiter.is_alive()


def after(rounds):
    left = iter(range(rounds))
    return lambda: next(left, None) is None


def commands(ground, is_over):
    """Milliseconds of each command in turn, sorted; the server is there."""
    program = str(playground.PRODUCTS / "fonana")
    wanted = {
        "status": ["status"], "read --peek": ["read", "--peek", "-n", "20", world.name(0)],
        "send --no-wait": ["send", "--no-wait", world.name(0), "hello"],
    }
    samples = {name: [] for name in wanted}
    while not is_over():
        for name, words in wanted.items():
            samples[name].append(timing.run([program, *words], ground.environment))
    return {name: sorted(values) for name, values in samples.items()}


def spread(samples):
    return {"p50": timing.median(samples), "p99": timing.at(samples, 0.99), "most": samples[-1]}
