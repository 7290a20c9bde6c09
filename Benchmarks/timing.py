"""Durations in milliseconds, of several things in turn, so that noise hits all of them alike."""
import os
import random
import time

NOWHERE = os.open(os.devnull, os.O_RDWR)


def run(arguments, environment, source=NOWHERE):
    """Start to exit, without output; `source` is its input."""
    actions = [(os.POSIX_SPAWN_DUP2, descriptor, number)
               for number, descriptor in enumerate((source, NOWHERE, NOWHERE))]
    begin = time.perf_counter()
    process = os.posix_spawnp(arguments[0], arguments, environment, file_actions=actions)
    _, status = os.waitpid(process, 0)
    elapsed = time.perf_counter() - begin
    if status:
        raise RuntimeError(f"{' '.join(arguments)} ended with {status}")
    return elapsed * 1000


def in_turn(actions, rounds):
    """`actions`: name to a function that returns milliseconds. Gives name to sorted samples."""
    samples = {name: [] for name in actions}
    order, chance = list(actions), random.Random(1)
    for _ in range(rounds):
        # Else the same one always finds the caches as a large program has left them.
        chance.shuffle(order)
        for name in order:
            samples[name].append(actions[name]())
    return {name: sorted(values) for name, values in samples.items()}


def timed(action):
    begin = time.perf_counter()
    action()
    return (time.perf_counter() - begin) * 1000


def at(samples, share):
    """The value below which `share` of the sorted samples lie."""
    return samples[min(len(samples) - 1, int(len(samples) * share))]


def median(samples):
    return at(samples, 0.5)
