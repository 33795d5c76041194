"""All cases by name; each theme has a file of its own."""

from . import (
    control,
    degradation,
    experiments,
    lithium,
    meshes,
    other_chemistries,
    plain,
    thermal,
)

THEMES = {
    "lithium-ion": lithium.CASES,
    "degradation": degradation.CASES,
    "temperature and current collectors": thermal.CASES,
    "control": control.CASES,
    "experiments": experiments.CASES,
    "other chemistries and circuits": other_chemistries.CASES,
    "plain models": plain.CASES,
    "meshes and methods": meshes.CASES,
}
LIST = [case for cases in THEMES.values() for case in cases]
CASES = {case.name: case for case in LIST}
