"""A user's own measurements: a study file, the cells it names, one fit of everything together.

>>> from ssb_model.study import EXAMPLE
>>> EXAMPLE.splitlines()[0]
'title = "My pellets"'
"""

from ssb_model.study.example import EXAMPLE
from ssb_model.study.fit.load import load_fit
from ssb_model.study.study import Study, load_study

__all__ = ["EXAMPLE", "Study", "load_fit", "load_study"]
