"""The works behind what is computed: each stated once, noted in a result when it is written.

Every work stands once in ``references.toml``, with the classes whose equations it gives. Data files
name their sources in words, and the works are found in these words by DOI or name. What computes
says what it used as :class:`Use`; a result file carries these as its list "works".

>>> from ssb_model.citations import cite
>>> print(cite(["graphite"]).splitlines()[-2])
Shao 2018 (concepedia abstract)
"""

from ssb_model.citations.cells import (
    of_cell as of_cell,
    read_parameters as read_parameters,
    register as register,
)
from ssb_model.citations.reader import Cited, cite
from ssb_model.citations.reference import Reference
from ssb_model.citations.registry import source_of as source_of
from ssb_model.citations.results import read_works as read_works, works_content as works_content
from ssb_model.citations.uses import (
    Use,
    grouped,
    named as named,
    of_experiment as of_experiment,
    of_methods as of_methods,
    of_packages as of_packages,
)

__all__ = ["Cited", "Reference", "Use", "cite", "grouped"]
