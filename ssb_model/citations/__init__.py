"""Works to cite: which stand behind a result, a file, or a name of the library.

Every work stands once in ``references.toml``, with the classes whose equations it gives. Data files
name their sources in words, and the works are found in these words by DOI or name.

>>> from ssb_model.citations import cite
>>> print(cite(["graphite"]).splitlines()[-2])
Shao 2018 (concepedia abstract)
"""

from ssb_model.citations.cells import register as register
from ssb_model.citations.command import cite
from ssb_model.citations.reference import Reference
from ssb_model.citations.uses import Use, grouped

__all__ = ["Reference", "Use", "cite", "grouped"]
