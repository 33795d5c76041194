r"""Voids by diffusion: vacancies made by stripping pile up at the face until contact is lost.

Every ion stripped leaves a vacancy in the metal. Vacancies diffuse into it, creep under the stack
pressure fills them, and where the metal at the face can hold no more they condense to voids. Let
:math:`w` be the concentration of vacancies over the largest that the metal bears, averaged along
the contact that was made, :math:`x` the share of that contact that is left (1 when new), and
:math:`i = J/\theta_0` [A.m-2] the current density of the contact that was made. At the depth
:math:`y`, with :math:`\eta = y/\sqrt{D}` [s1/2] for the diffusivity :math:`D` of vacancies,

.. math::

    \frac{\partial w}{\partial t} = \frac{\partial^2 w}{\partial \eta^2} - k_\mathrm{creep} w,
    \qquad -S \frac{\partial w}{\partial \eta}(0) = i_D, \qquad
    \frac{\partial w}{\partial \eta}(\infty) = 0.

The current density :math:`i_D` of vacancies into the metal is all of :math:`i`, as long as the
contact that is left is not saturated, :math:`w(0) < x`; then it is what keeps :math:`w(0) = x`. The
rest opens voids, and contact is lost by :math:`\kappa` [m2.C-1] a charge. Plating fills the share
:math:`\rho` of what it covers of the voids, before the vacancies at the face and no further than
to :math:`w(0) = 0`; creep closes voids at the rate at which it fills vacancies,

.. math::

    \frac{\mathrm{d}x}{\mathrm{d}t} = -\kappa \, (i - i_D)_+
    + (1 - x) \left[ \rho \kappa (-i)_+ + k_\mathrm{creep} \right], \qquad
    k_\mathrm{creep} = k_\mathrm{ref} \left( \frac{P}{P_\mathrm{ref}} \right)^n.

Stripped charge is thus found again in the metal, in the voids, or was filled by creep. The current
density of the contact that is left is :math:`J/(\theta_0 x)`: the less is left, the less the metal
takes up, so that the loss runs away. A run ends when 1 % is left ("Negative face contact lost");
of a face that is coated in part, on both shares: the first to lose it keeps half of that.

:math:`S` holds all that decides before contact is lost. A metal without creep is saturated after
the transition time :math:`\tau` of a half space,

.. math::

    \tau = \frac{\pi D}{4} \left( \frac{F c_\mathrm{max}}{i} \right)^2
    \quad \Leftrightarrow \quad i \sqrt{\tau} = K, \qquad
    S = F c_\mathrm{max} \sqrt{D} = \frac{2 K}{\sqrt{\pi}},

which is Sand's equation [derived here: the flux into a half space]. :math:`K` [A.m-2.s1/2], the
transition constant, takes the place of diffusivity and largest concentration, which stripping does
not tell apart; at another temperature it is multiplied by the Arrhenius factor of the metal's
resupply [assumed]. Creep caps it: at a current density below :math:`S \sqrt{k_\mathrm{creep}}`
contact is never lost, and above it after [derived]

.. math::

    \operatorname{erf} \sqrt{k_\mathrm{creep} \tau}
    = \frac{S \sqrt{k_\mathrm{creep}}}{i}.

Creep's law with its constants is that of Roy, Fleck & Deshpande, Extreme Mech. Lett. 2021,
doi:10.1016/j.eml.2021.101307. Assumed are that it fills vacancies at the strain rate, that those
above contact that is lost pass to the metal beside it (of which :math:`w` is the average), and
:math:`\kappa`, :math:`\rho` and :math:`K`. The law is one for contacts wider than the depth that
vacancies reach: metal at the sides of smaller spots takes up vacancies too.
"""

from __future__ import annotations

import math

import pybamm

from ssb_model.cells.face.closure import MADE
from ssb_model.cells.face.mechanism import FaceMechanism, arrhenius
from ssb_model.cells.face.voids import creep_rate
from ssb_model.cells.symbols import Face, Geometry, Share, Variables

VACANCIES = "vacancy concentration"  # over the largest
OPENING = "void opening current density [A.m-2]"  # i - i_D, where the face is saturated
SLOPE = "vacancy concentration gradient at the face [s-0.5]"
LOST = 0.01  # of the contact that was made: at less the cell is open
DEPTH = 1e4  # s1/2: what vacancies reach in half a year and more
POINTS, STRETCH = 48, 10.0  # from 0.1 s1/2 at the face, each cell a fifth wider than the last


def domain_of(face: Face, share: Share | None = None) -> str:
    """PyBaMM's name of the metal behind one face, or one share of it."""
    return " ".join(filter(None, (face, "face", share, "metal")))


def depth(face: Face, share: Share | None = None) -> pybamm.SpatialVariable:
    """Coordinate eta = y over the root of the diffusivity [s1/2], from the face into the metal."""
    name = "_".join(filter(None, ("eta", face[0], share and share[0])))
    return pybamm.SpatialVariable(name, domain=[domain_of(face, share)], coord_sys="cartesian")


def geometry(face: Face, share: Share | None = None) -> Geometry:
    """PyBaMM geometry of the metal's domain."""
    return {domain_of(face, share): {depth(face, share): {"min": 0, "max": DEPTH}}}


class Vacancies(FaceMechanism):
    """Vacancies in the metal as a diffusion equation, the retained contact x as a state."""

    def get_fundamental_variables(self) -> Variables:
        x, w = self.name_of("retained contact"), self.name_of(VACANCIES)
        domain = [domain_of(self.face, self.share)]
        return {x: pybamm.Variable(x, bounds=(0, 1)), w: pybamm.Variable(w, domain=domain)}

    def get_coupled_variables(self, variables: Variables) -> Variables:
        w, x = self._states(variables)
        first, half_cell = self._first_cell(variables)
        theta_0, S = variables[self.name_of(MADE)], self._storage(variables)
        i = self.metal_current_density(variables) / theta_0
        offered = i + _plating_recovery() * (1 - x) * pybamm.maximum(-i, 0)
        most = S * (x - first) / half_cell
        opening = pybamm.maximum(offered - most, 0)
        if self.share:  # without contact it leaves the current to the other, and stays
            opening *= pybamm.minimum(2 * x / LOST - 1, 1)
        into_metal = pybamm.maximum(offered - opening, -S * first / half_cell)
        metal = pybamm.Integral(w, depth(self.face, self.share))
        of_face = {
            "creep-sustained current density [A.m-2]": theta_0 * S * creep_rate() ** 0.5,
            "vacancies in metal [C.m-2]": theta_0 * S * metal,
            "vacancies in voids [C.m-2]": theta_0 * (1 - x) / _contact_loss(),
            "vacancy saturation": (first + into_metal * half_cell / S) / x,
            OPENING: opening,
            SLOPE: -into_metal / S,
        }
        variables.update({self.name_of(name): symbol for name, symbol in of_face.items()})
        return variables

    def set_rhs(self, variables: Variables) -> None:
        w, x = self._states(variables)
        i = self.metal_current_density(variables) / variables[self.name_of(MADE)]
        refilled = _plating_recovery() * _contact_loss() * pybamm.maximum(-i, 0)
        opened = _contact_loss() * variables[self.name_of(OPENING)]
        self.rhs = {
            w: pybamm.div(pybamm.grad(w)) - creep_rate() * w,
            x: (1 - x) * (refilled + creep_rate()) - opened,
        }

    def set_boundary_conditions(self, variables: Variables) -> None:
        w, _ = self._states(variables)
        face, none = variables[self.name_of(SLOPE)], pybamm.Scalar(0)
        self.boundary_conditions = {w: {"left": (face, "Neumann"), "right": (none, "Neumann")}}

    def set_initial_conditions(self, variables: Variables) -> None:
        w, x = self._states(variables)
        self.initial_conditions = {w: pybamm.Scalar(0), x: pybamm.Scalar(1)}

    def add_events_from(self, variables: Variables) -> None:
        if self.share != "coated":  # of two shares the one that is left longer counts
            _, x = self._states(variables)
            coated = variables.get(f"{self.side} face coated retained contact", x)
            left = pybamm.maximum(coated, x) - LOST
            self.events.append(pybamm.Event(f"{self.side} face contact lost", left))

    def _states(self, variables: Variables) -> tuple[pybamm.Symbol, pybamm.Symbol]:
        """Vacancies w and retained contact x."""
        return variables[self.name_of(VACANCIES)], variables[self.name_of("retained contact")]

    def _storage(self, variables: Variables) -> pybamm.Symbol:
        """S [A.m-2.s1/2], the charge that a saturated depth of 1 s1/2 holds."""
        K = pybamm.Parameter("Lithium vacancy transition constant [A.m-2.s0.5]")
        energy = pybamm.Parameter("Lithium resupply activation energy [J.mol-1]")
        return 2 / math.sqrt(math.pi) * K * arrhenius(energy, self.temperature(variables))

    def _first_cell(self, variables: Variables) -> tuple[pybamm.Symbol, pybamm.Symbol]:
        """w in the middle of the cell at the face, and the depth of that place [s1/2]."""
        w, eta = variables[self.name_of(VACANCIES)], depth(self.face, self.share)
        first, half = (pybamm.boundary_value(one, "left", order="constant") for one in (w, eta))
        return first, half


def _contact_loss() -> pybamm.Parameter:
    """kappa [m2.C-1]."""
    return pybamm.Parameter("Lithium contact loss per charge [m2.C-1]")


def _plating_recovery() -> pybamm.Parameter:
    """rho."""
    return pybamm.Parameter("Lithium plating recovery")
