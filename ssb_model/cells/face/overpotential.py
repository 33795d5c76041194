"""The face as the sum of its mechanisms, in series."""

from ssb_model.cells.face import layer as layers
from ssb_model.cells.face.charge_transfer import ChargeTransfer
from ssb_model.cells.face.constant_phase import ConstantPhaseElement
from ssb_model.cells.face.contact import Contact
from ssb_model.cells.face.growth import FilmGrowth, NoGrowth
from ssb_model.cells.face.mechanism import FaceMechanism


class FaceOverpotential(FaceMechanism):
    """Sums the face.

    The layer's instant resistance and the constriction, which follow the current at once,
    are reported as ``"<Side> face instant resistance [Ohm.m2]"``: together with the garnet
    they make the plateau between the relaxations of the bulk and of the faces.
    """

    def get_coupled_variables(self, variables):
        part = {key: variables[self.name_of(key)] for key in self._parts()}
        instant = part[layers.INSTANT_RESISTANCE] + part["constriction resistance [Ohm.m2]"]
        relaxing = (
            part["charge-transfer overpotential [V]"]
            + part[layers.SLOW_OVERPOTENTIAL]
            + self.current_density(variables) * part["film resistance [Ohm.m2]"]
        )
        resistance = (
            part["charge-transfer resistance [Ohm.m2]"]
            + part[layers.LAYER_RESISTANCE]
            + part["constriction resistance [Ohm.m2]"]
            + part["film resistance [Ohm.m2]"]
        )
        variables.update(
            {
                self.name_of("instant resistance [Ohm.m2]"): instant,
                self.name_of("relaxing overpotential [V]"): relaxing,
                self.name_of("resistance [Ohm.m2]"): resistance,
            }
        )
        return variables

    @staticmethod
    def _parts():
        return (
            layers.INSTANT_RESISTANCE,
            layers.SLOW_OVERPOTENTIAL,
            layers.LAYER_RESISTANCE,
            "constriction resistance [Ohm.m2]",
            "charge-transfer overpotential [V]",
            "charge-transfer resistance [Ohm.m2]",
            "film resistance [Ohm.m2]",
        )


def face_submodels(domain, cell_options):
    """Submodels of the face ``domain`` ("negative" or "positive"), by name.

    Returns a dict to be merged into a PyBaMM model's ``submodels``; ``cell_options`` are the
    completed options of :func:`ssb_model.cells.options.split_options`.
    """
    layer = layers.NoLayer if cell_options["buffer layer"] == "none" else layers.MixedConductorLayer
    growth = NoGrowth if cell_options["interface growth"] == "none" else FilmGrowth
    mechanisms = {"contact": Contact, "layer": layer, "growth": growth}
    if cell_options["double layer"] == "constant phase":
        mechanisms["constant-phase element"] = ConstantPhaseElement
    mechanisms["charge transfer"] = ChargeTransfer
    mechanisms["overpotential"] = FaceOverpotential
    return {f"{domain} face {name}": make(domain) for name, make in mechanisms.items()}
