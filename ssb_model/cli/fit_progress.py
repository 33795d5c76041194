"""The line that says how far a fit is."""

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


class FitProgress:
    """A line on the terminal: experiments, stage, iteration, lowest cost, starts done, time.

    Parameters
    ----------
    console : rich.console.Console
    study : Study
    """

    def __init__(self, console, study):
        columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
        self._progress = Progress(*columns, console=console, transient=True)
        data = sum(len(experiment.observables) for experiment in study.experiments)
        self._what = f"{len(study.experiments)} experiments, {data} data"
        self._task = self._progress.add_task("")
        self.stage = "fit 1"
        self.say("JAX compiles first")

    def __enter__(self):
        self._progress.start()
        return self

    def __exit__(self, *raised):
        self._progress.stop()

    def report(self, members):
        """The function that a minimisation of so many ``members`` calls after each iteration."""

        def update(iteration, cost, converged):
            self.say(
                f"{self.stage}, iteration {iteration}, lowest cost {cost:.4g}, {converged} of "
                f"{members} done"
            )

        return update

    def say(self, text):
        """Show a text beside the time."""
        self._progress.update(self._task, description=f"{self._what}: {text},")
