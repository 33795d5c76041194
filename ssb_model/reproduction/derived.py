"""What follows from the fit without being fitted: critical currents, lives, dips, the field."""

from dataclasses import dataclass

from ssb_model.citations import Use
from ssb_model.reproduction import contact, critical, dip, layers, life
from ssb_model.reproduction.damage_curves import damage_curves
from ssb_model.reproduction.works import of_laws, of_shorting_cells


@dataclass(frozen=True, eq=False)
class AfterFit:
    """Answers by observable, curves by figure, the calibrated laws, the layers compared, works."""

    answers: dict
    curves: dict
    laws: list
    layers: list
    works: tuple[Use, ...]


def after_fit(experiment, study, protocol, fit, clock):
    """Everything of :class:`AfterFit`; ``clock.run(name, text, function, *args)`` tells of each."""
    laws = clock.run(
        "critical currents",
        "forcing the laws of the critical current through bare and coated cell",
        lambda: critical.critical_study(experiment, study, protocol, fit),
    )
    damage = clock.run(
        "contact loss",
        "finding the contact loss of the bare cell",
        lambda: life.damage(study, laws, protocol),
    )
    lives = clock.run(
        "lives",
        "simulating ramps and thousands of hours of cycling",
        lambda: life.life_answers(experiment, laws, protocol, damage),
    )
    dips = clock.run("dips", "drawing dips", lambda: dip.dip_draws(study, protocol, fit))
    maps = clock.run("field", "solving the field", lambda: contact.contact_maps(laws, fit))
    curves = clock.run(
        "curves of damage",
        "drawing curves of damage",
        lambda: damage_curves(experiment, study, protocol, fit, damage, dips),
    )
    answers = lives | critical.law_answers(experiment, laws)
    answers |= critical.rate_answers(experiment, study)
    answers |= life.growth_answers(protocol, fit)
    answers |= dip.dip_answers(study, protocol, dips) | contact.contact_answers(maps)
    curves["contact field"] = maps
    works = (*of_laws(laws.laws), *of_shorting_cells(dict.fromkeys(damage.cells.values())))
    return AfterFit(answers, curves, life.law_table(laws, damage), layers.layer_table(laws), works)
