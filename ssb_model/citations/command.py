"""What ``ssb cite`` prints."""

from ssb_model.citations.find import uses_of
from ssb_model.citations.known import reference
from ssb_model.citations.software import FOUNDING, software
from ssb_model.citations.uses import Use, grouped


def cite(targets: list[str], as_bibtex: bool = False) -> str:
    """The works to cite for what was used, as text or as BibTeX.

    Without targets those that ``CITATION.cff`` asks for. Raises InputError, one sentence, for a
    target that is not there or cannot be read.
    """
    uses = [Use(software(), "this software")]
    if not targets:
        uses.append(Use(reference(FOUNDING), "the experiment that it is founded on"))
    for target in targets:
        uses += uses_of(target)
    works = grouped(uses)
    if as_bibtex:
        return "\n\n".join(work.bibtex for work in works)
    return "\n\n".join(_paragraph(*pair) for pair in works.items())


def _paragraph(work, used_for):
    return "\n".join([str(work), *(f"    {words}" for words in used_for)])
