"""What follows from the fit without being fitted: critical currents, lives, dips, the field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from ssb_model.citations import Use
from ssb_model.fitting import Fit
from ssb_model.reproduction.derived import arcs, contact, critical, dip, layers, life
from ssb_model.reproduction.derived.draws import Answer
from ssb_model.reproduction.derived.hot_spot import (
    hot_spot_answers,
    hot_spot_study,
    hot_spot_table,
)
from ssb_model.reproduction.protocol import CellProtocol
from ssb_model.reproduction.works import of_laws, of_shorting_cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssb_model.field import ContactField
    from ssb_model.library import Experiment
    from ssb_model.study import Study

Result = TypeVar("Result")


class Stage(Protocol):
    """Runs a function as a named stage, after a line of text about it."""

    def __call__(self, name: str, text: str, function: Callable[..., Result]) -> Result:
        """What the function returns."""
        ...


@dataclass(frozen=True, eq=False)
class AfterFit:
    """Everything that follows from the fit.

    Attributes
    ----------
    answers
        By observable.
    laws
        The laws of the critical current with their constants, for the result's file.
    layers
        Layers of equal thickness compared, for the result's file.
    hot_spot
        The hot-spot law tried on the same cells, for the result's file.
    damage
        The cells that short, to be cycled.
    dips
        Draws of the dip.
    fields
        Around the bare contact and below the coated face.
    works
        Works behind laws and shorting cells.
    """

    answers: dict[str, Answer]
    laws: list[dict[str, Any]]
    layers: list[dict[str, Any]]
    hot_spot: dict[str, Any]
    damage: life.Damage
    dips: dip.DipDraws
    fields: dict[str, ContactField]
    works: tuple[Use, ...]


def after_fit(
    experiment: Experiment, study: Study, protocol: CellProtocol, fit: Fit, stage: Stage
) -> AfterFit:
    """Everything of :class:`AfterFit`, stage by stage."""
    laws = stage(
        "critical currents",
        "forcing the laws of the critical current through bare and coated cell",
        lambda: critical.critical_study(experiment, study, protocol, fit),
    )
    damage = stage(
        "contact loss",
        "finding the contact loss of the bare cell",
        lambda: life.damage(study, laws, protocol),
    )
    lives = stage(
        "lives",
        "simulating ramps and thousands of hours of cycling",
        lambda: life.life_answers(experiment, protocol, damage),
    )
    dips = stage("dips", "drawing dips", lambda: dip.dip_draws(study, protocol, fit))
    tried = stage(
        "hot spot",
        "trying the hot-spot law on bare and coated cell, and on all four",
        lambda: hot_spot_study(experiment, protocol),
    )
    fields = stage(
        "field",
        "solving the field",
        lambda: contact.contact_maps(tried, fit.parameters["garnet: thickness"]),
    )
    answers = lives | critical.law_answers(experiment, laws)
    answers |= stage("arcs", "reading arcs", lambda: arcs.arc_answers(study, protocol, fit))
    answers |= critical.rate_answers(experiment, study)
    answers |= critical.full_cell_answers(experiment, study)
    answers |= life.growth_answers(protocol, fit)
    answers |= dip.dip_answers(study, protocol, dips) | contact.contact_answers(fields)
    answers |= hot_spot_answers(tried) | contact.fraction_answers(fit, laws, tried)
    return AfterFit(
        answers=answers,
        laws=life.law_table(laws, damage),
        layers=layers.layer_table(laws),
        hot_spot=hot_spot_table(experiment, laws, tried),
        damage=damage,
        dips=dips,
        fields=fields,
        works=(*of_laws(laws.laws), *of_shorting_cells(dict.fromkeys(damage.cells.values()))),
    )
