"""Constriction in a pellet of finite thickness: two limits, and finite volumes as the judge."""

import numpy as np
import pytest
from scipy.sparse import coo_matrix, diags
from scipy.sparse.linalg import spsolve

from ssb_model.field.pellet import constriction_factor, pellet_constriction


def finite_volumes(s, tau, spot_cells):
    """f(s, tau) on square cells in a cylinder of radius 1, `spot_cells` of them across the disc."""
    h = s / spot_cells
    index = np.arange(round(1 / h) * round(tau / h)).reshape(round(1 / h), -1)
    inner = h * np.arange(len(index))
    area = np.pi * ((inner + h) ** 2 - inner**2)
    sideways, downwards = 2 * np.pi * inner[1:, None], area[:, None] / h
    spot = np.where(inner + h / 2 < s, 2 * area / h, 0.0)
    laplacian = conductances(index[:-1], index[1:], sideways, index.size)
    laplacian += conductances(index[:, :-1], index[:, 1:], downwards, index.size)
    grounded, source = np.zeros(index.size), np.zeros(index.size)
    source[index[:, 0]] = spot
    grounded[index[:, -1]] = 2 * area / h
    phi = spsolve((laplacian + diags(grounded + source)).tocsc(), source)
    return np.pi / (spot @ (1 - phi[index[:, 0]])) - tau


def conductances(one, other, value, size):
    """Graph Laplacian of links of conductance `value` between the cells `one` and `other`."""
    i, j = one.ravel(), other.ravel()
    g = np.broadcast_to(value, one.shape).ravel()
    half = coo_matrix((g, (i, j)), shape=(size, size))
    links = half + half.T
    return diags(links.sum(axis=1).A1) - links


@pytest.mark.parametrize(("s", "tau"), [(0.25, 0.15), (0.25, 0.5), (0.5, 0.15), (0.5, 1.0)])
def test_series_agrees_with_finite_volumes(s, tau):
    """The edge is singular: uniform grids converge at first order, so two are extrapolated."""
    coarse, fine = finite_volumes(s, tau, 40), finite_volumes(s, tau, 80)
    assert constriction_factor(s, tau) == pytest.approx(2 * fine - coarse, rel=1e-3)


@pytest.mark.parametrize("s", [0.05, 0.1, 0.3, 0.5, 0.7])
def test_far_apart_from_the_other_face_it_is_the_half_space(s):
    from ssb_model.cells.face.contact import psi

    assert constriction_factor(s, 20.0) == pytest.approx(np.pi / (4 * s) * psi(s), rel=6e-4)


@pytest.mark.parametrize("theta", [0.1, 0.25, 0.5])
def test_thin_pellets_carry_the_current_straight_below_the_spots(theta):
    """L/2 sigma (1/theta - 1), with spots wider by the fringe (2 ln 2/pi) L/2 at their edge."""
    straight = (1 / theta - 1) / 2
    for ratio in (5.0, 10.0, 20.0):
        wider = (theta**0.5 + np.log(2) / (np.pi * ratio)) ** 2
        constricted = pellet_constriction(theta, ratio, 1.0)
        assert constricted == pytest.approx((1 / wider - 1) / 2, rel=6e-3)
        assert constricted < straight


def test_a_finite_pellet_constricts_less_than_a_half_space():
    taus = np.array([0.05, 0.16, 0.5, 1.0, 5.0])
    assert (np.diff(constriction_factor(0.25, taus)) > 0).all()


def test_full_contact_has_no_constriction_and_less_contact_more():
    theta = np.geomspace(1e-3, 1, 50)
    R = pellet_constriction(theta, 3.13, 119.7e-4)
    assert R[-1] == pytest.approx(0, abs=1e-15)
    assert (np.diff(R) < 0).all()
