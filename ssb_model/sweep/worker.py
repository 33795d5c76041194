"""What stays with a Dask worker through a sweep: the model, loaded once."""

from distributed import Worker, WorkerPlugin

from ssb_model.errors import InputError
from ssb_model.sweep.evaluator import Evaluator, Load, unpacked
from ssb_model.sweep.store import Identity
from ssb_model.sweep.sweep import deciding_versions


class EvaluatorPlugin(WorkerPlugin):
    """Loads the evaluator on every worker; its versions must be those of the sweep.

    Parameters
    ----------
    content
        From :func:`ssb_model.sweep.evaluator.packed`.
    identity
        Of the sweep.
    load
        Of the evaluator's class, which the worker imports by its name.
    """

    evaluator: Evaluator

    def __init__(self, content: bytes, identity: Identity, load: Load) -> None:
        self._content, self._identity, self._load = content, identity, load
        self.name = f"ssb sweep {identity['sweep']} {identity['evaluator']}"

    def setup(self, worker: Worker) -> None:
        """Called by Dask when a worker starts, or has started."""
        here = deciding_versions()
        for name, wanted in self._identity["versions"].items():
            if here[name] != wanted:
                raise InputError(
                    f"the worker {worker.address} has {name} {here[name]} and this process "
                    f"{wanted}: install the same version."
                )
        self.evaluator = unpacked(self._content, self._identity["evaluator"], self._load)
