"""The same calls from one client of the daemon's socket, and from many at once."""
import threading

import timing

CLIENTS = (1, 8, 32)


def plural(clients):
    return f"{clients} client" + ("s" if clients > 1 else "")


def under_load(ground, clients, call, times):
    """Milliseconds of `times` calls of each client, sorted."""
    samples = []

    def work():
        with ground.connection() as peer:
            own = [timing.timed(lambda: call(peer)) for _ in range(times)]
        samples.extend(own)

    workers = [threading.Thread(target=work) for _ in range(clients)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sorted(samples)
