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
    report(table, largest)
    if smallest:
        value = (largest.each / smallest.each) / (largest.bare_each / smallest.bare_each)
        table.at_most("growth", f"from {smallest.count:,} to {largest.count:,}, of SQLite's growth",
                      value, 1.1)


def report(table, costs):
    label = f"{costs.count:,} messages"
    table.add("growth", f"first mirror, a message, {label}", costs.each * 1e6, "µs")
    table.add("growth", f"SQLite alone, a message, {label}", costs.bare_each * 1e6, "µs")
    table.add("growth", f"store, a message, {label}", costs.store_bytes / costs.count, "B")


def commands(ground, table, options, count):
    program = str(playground.PRODUCTS / "fonana")
    actions = {
        name: lambda words=words: timing.run([program, *words], ground.environment)
        for name, words in {
            "--version": ["--version"],
            "read": ["read", "--peek", "-n", "20", world.name(1)],
            "search": ["search", world.word(1_000)],
        }.items()
    }
    samples = timing.in_turn(actions, min(options.rounds, 51))
    base = timing.median(samples["--version"])
    for name in ("read", "search"):
        table.add("growth", f"{name} / --version, {count:,} messages",
                  timing.median(samples[name]) / base, "×")
