"""What a message costs as the mirror grows, beside what it costs SQLite alone."""
import bare
import mirror
import playground
import timing
import world

# As in the largest: 1,000,000 messages in 500 conversations.
IN_A_CONVERSATION = 2_000


def measure(table, options, largest):
    """`largest`: what `mirror.filled` has measured of the whole."""
    print("growth: smaller mirrors")
    smallest = None
    for count in (10_000, 100_000):
        if count >= options.messages:
            break
        conversations = count // IN_A_CONVERSATION
        with playground.Playground(count, conversations) as ground:
            seconds = mirror.first(ground)
            base = bare.insert_all(
                ground.home / "bare.sqlite", bare.schema(ground.store), count, conversations)
            costs = mirror.Costs(count, seconds, base, mirror.size(ground))
            report(table, costs)
            commands(ground, table, options, count)
        smallest = smallest or costs
    in_many_scripts(table)
    report(table, largest)
    if smallest:
        value = (largest.each / smallest.each) / (largest.bare_each / smallest.bare_each)
        table.at_most("growth", f"from {smallest.count:,} to {largest.count:,}, of SQLite's growth",
                      value, 1.1)


def in_many_scripts(table, count=50_000, conversations=25):
    """A third of the texts is Cyrillic, Chinese, accented or with emoji: their index text is
    another one than their text."""
    with playground.Playground(count, conversations, is_mixed=True) as ground:
        seconds = mirror.first(ground)
        base = bare.insert_all(
            ground.home / "bare.sqlite", bare.schema(ground.store), count, conversations, True)
        table.add("growth", "rate in many scripts, of SQLite's alone", base / seconds, "×")
        table.add("growth", "store in many scripts, a message", mirror.size(ground) / count, "B")


def report(table, costs):
    label = f"{costs.count:,} messages"
    table.add("growth", f"first mirror, a message, {label}", costs.each * 1e6, "µs")
    table.add("growth", f"SQLite alone, a message, {label}", costs.bare_each * 1e6, "µs")
    table.add("growth", f"store, a message, {label}", costs.store_bytes / costs.count, "B")


def commands(ground, table, options, count):
    """The last one with the server away, so that only the way to the disk counts."""
    program = str(playground.PRODUCTS / "fonana")

    def medians(*wanted):
        samples = timing.in_turn({
            words[0]: lambda words=words: timing.run([program, *words], ground.environment)
            for words in wanted
        }, min(options.rounds, 51))
        return {name: timing.median(values) for name, values in samples.items()}

    found = medians(["--version"], ["status"], ["read", "--peek", "-n", "20", world.name(1)],
                    ["search", world.word(1_000)])
    table.add("growth", f"--version, {count:,} messages", found["--version"], "ms")
    for name in ("status", "read", "search"):
        table.add("growth", f"{name} / --version, {count:,} messages",
                  found[name] / found["--version"], "×")
    ground.stop_server()
    found = medians(["status"], ["send", "--no-wait", world.name(1), "hello"])
    table.add("growth", f"send --no-wait / status, {count:,} messages",
              found["send"] / found["status"], "×")
