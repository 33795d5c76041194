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
        self._task = self._progress.add_task(f"{self._what}: JAX compiles first")
        self.stage, self.iteration = "fit 1", 0

    def __enter__(self):
        self._progress.start()
        return self

    def __exit__(self, *raised):
        self._progress.stop()

    def report(self, members):
        """The function that a minimisation of so many ``members`` calls after each iteration."""

        def update(iteration, cost, converged):
            self.iteration = iteration
            self._progress.update(
                self._task,
                description=f"{self._what}: {self.stage}, iteration {iteration}, lowest cost "
                f"{cost:.4g}, {converged} of {members} done,",
            )

        return update
