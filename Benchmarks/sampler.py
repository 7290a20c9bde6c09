"""What a process takes while something goes on, looked at four times a second."""
import threading
import time

import idle


class Sampler:
    """A context manager around the work; afterwards its figures stand."""

    def __init__(self, process, period=0.25):
        self.process = process
        self.period = period
        self.anonymous = 0.0  # MiB, the most of all looks
        self.switches = 0  # voluntary ones: how often one of its threads has waited
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._watch)

    def _watch(self):
        before = idle.switches(self.process)
        while True:
            is_last = self.over.wait(self.period)
            self.anonymous = max(self.anonymous, idle.memory(self.process)[1])
            now = idle.switches(self.process)
            self.switches += idle.woken(before, now)
            before = now
            if is_last:
                return

    def __enter__(self):
        self.spent, self.begin = idle.processor(self.process), time.perf_counter()
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.seconds = time.perf_counter() - self.begin
        self.processor = idle.processor(self.process) - self.spent
        self.over.set()
        self.thread.join()

    @property
    def switches_a_second(self):
        return self.switches / self.seconds
