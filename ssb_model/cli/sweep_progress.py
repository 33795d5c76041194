"""The line that says how far a sweep is."""

import time

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn


class SweepProgress:
    """A line on the terminal: chunks, candidates a second, failed ones, time left.

    Parameters
    ----------
    console : rich.console.Console
    sweep : Sweep
    """

    def __init__(self, console, sweep):
        columns = BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn()
        self._progress = Progress(*columns, console=console, transient=True)
        self._sweep = sweep
        self._task = self._progress.add_task("JAX compiles first", total=sweep.chunks)
        self._begun = time.monotonic()
        self.computed = 0

    def __enter__(self):
        self._progress.start()
        return self

    def __exit__(self, *raised):
        self._progress.stop()

    @property
    def seconds(self):
        """Since the sweep began or went on."""
        return time.monotonic() - self._begun

    @property
    def rate(self):
        """Candidates a second, of those computed now."""
        return self.computed / self.seconds

    def report(self, done, kept, failed):
        """Called after each chunk."""
        self.computed = min((done - kept) * self._sweep.table.chunk, self._sweep.candidates)
        text = f"chunk {done} of {self._sweep.chunks}, {self.rate:,.0f} candidates/s"
        if failed:
            text += f", {failed:,} failed"
        self._progress.update(self._task, completed=done, description=text)
