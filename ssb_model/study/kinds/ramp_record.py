"""The last safe and the first failed current density of a recorded ramp."""

from ssb_model.data import CyclingData
from ssb_model.data.records import read_ramp
from ssb_model.errors import InputError


def steps_of(record: CyclingData, area: float, where: str) -> tuple[float, float | None, str]:
    """Last safe current density and the first with a short [A.m-2], and a sentence.

    Without a short the second is None and the first a lower bound. An open circuit is none: voids
    end the ramp, and what current would short the cell stays open. The sentence says so.

    Parameters
    ----------
    record
        Of the ramp.
    area
        m2.
    where
        The beginning of a message.

    Raises
    ------
    InputError
        If the record is no ramp, or its first step fails already.
    """
    try:
        reading = read_ramp(record)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    if reading.last_safe is None:
        raise InputError(
            f"{where} fails in its first step ({reading.failure}): a ramp tells a critical current "
            "only if it begins below it."
        )
    safe = reading.last_safe / area
    if reading.failure == "open circuit":
        said = (
            f"{where}: contact opens and nothing shorts, so that its last safe current is a "
            "lower bound of the critical one."
        )
        return safe, None, said
    return safe, None if reading.first_failed is None else reading.first_failed / area, ""
