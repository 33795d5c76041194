"""The hot-spot law in a study: resistance and critical current of cells in one likelihood."""

import numpy as np
import pytest
from PIL import Image

from ssb_model import CellTable, FreeTable, InputError, make_study
from ssb_model.critical_current import (
    ContactPicture,
    PartialContact,
    ThicknessPicture,
    UnevenLayer,
    published_strengths,
)
from ssb_model.study import CriticalCurrentTable, ResistanceTable, load_study

LIMIT = "Critical current local limit"
FACE = "Negative face "
TRANSFER = 8.314462618 * 298.15 / 96485.33212


def _cell(coating="zni2-0.5", **keys):
    return CellTable(type="symmetric", coating=coating, critical_current_law="hot spot", **keys)


def _current(**keys):
    return CriticalCurrentTable(
        **({"last_safe": "2.25 mA/cm2", "first_failed": "2.35 mA/cm2"} | keys)
    )


def _numbers(made, u):
    values, jacobian = made.problem().predictions(np.asarray(u, dtype=float))
    return np.array(values), np.array(jacobian)


def test_a_layers_critical_current_is_the_laws_of_its_own_numbers():
    made = make_study({"coated": _cell()}, [_current()], [LIMIT])
    (J,), _ = _numbers(made, [[0.0]])
    q = {name: one.value for name, one in made.cells["coated"].quantities.items()}
    face = UnevenLayer(
        thickness=q[f"{FACE}layer thickness [m]"],
        ionic_conductivity=q[f"{FACE}layer ionic conductivity [S.m-1]"],
        charge_transfer=TRANSFER / q[f"{FACE}exchange-current density [A.m-2]"],
        variation=0.3,
        correlation_length=3e-6,
        conductivity=q["Garnet conductivity [S.m-1]"],
    )
    assert J[0] == pytest.approx(30.0 / face.focus, rel=1e-9)


def test_a_bare_faces_is_that_of_its_contacts():
    values = {f"{FACE}contact fraction": "5 %", f"{FACE}contact spacing": "20 um"}
    made = make_study({"bare": _cell("bare", values=values)}, [_current()], [LIMIT])
    (J,), _ = _numbers(made, [[0.0]])
    q = {name: one.value for name, one in made.cells["bare"].quantities.items()}
    face = PartialContact(
        contact_fraction=0.05,
        spacing=20e-6,
        local_resistance=TRANSFER / q[f"{FACE}exchange-current density [A.m-2]"],
        conductivity=q["Garnet conductivity [S.m-1]"],
    )
    assert J[0] == pytest.approx(30.0 / face.focus, rel=1e-9)


def test_temperature_counts_once():
    warm = _current(temperature="60 degC", name="warm")
    made = make_study({"coated": _cell()}, [_current(name="room"), warm], [LIMIT])
    (J,), _ = _numbers(made, [[0.0]])
    energy = (
        made.cells["coated"].quantities["Critical current law activation energy [J.mol-1]"].value
    )
    expected = np.exp(-energy / 8.314462618 * (1 / 333.15 - 1 / 298.15))
    assert J[1] / J[0] == pytest.approx(expected, rel=1e-9)


def test_it_has_exact_derivatives():
    free = [LIMIT, f"{FACE}layer thickness variation", f"{FACE}layer correlation length"]
    made = make_study({"coated": _cell()}, [_current()], [*free, f"{FACE}layer thickness"])
    n, step = 4, 1e-4
    u = -0.3 + step * np.concatenate([np.zeros((1, n)), np.eye(n), -np.eye(n)])
    values, jacobian = _numbers(made, u)
    differences = (values[1 : n + 1] - values[n + 1 :])[:, 0] / (2 * step)
    np.testing.assert_allclose(jacobian[0, 0], differences, rtol=1e-5)
    assert np.all(np.abs(jacobian[0, 0]) > 0)


def test_critical_currents_tell_the_contact_that_resistances_leave_open():
    """Statements 9, 10, 14 and 15 of the founding paper in one likelihood."""
    cells = {"bare": _cell("bare"), "coated": _cell()}
    resistances = [
        ResistanceTable(resistance=[f"{R} ohm cm2"], noise="5 %", cell=cell)
        for cell, R in (("bare", 1173.4), ("coated", 10.3))
    ]
    currents = [
        _current(cell="coated", noise="10 %"),
        _current(cell="bare", noise="10 %", last_safe="0.13 mA/cm2", first_failed="0.17 mA/cm2"),
    ]
    free = [
        LIMIT,
        FreeTable(label="contact", name=f"{FACE}contact fraction", cells=["bare"]),
        FreeTable(name=f"{FACE}contact spacing", cells=["bare"]),
        FreeTable(name=f"{FACE}exchange-current density", cells=["bare"]),
        FreeTable(name=f"{FACE}layer ionic conductivity", cells=["coated"]),
        FreeTable(name=f"{FACE}layer thickness variation", cells=["coated"]),
    ]
    widths = {}
    for key, data in (("resistances", resistances), ("both", [*resistances, *currents])):
        own = free if key == "both" else free[1:-1]
        fit = make_study(cells, data, own).fit(starts=4).fit
        k = fit.problem.space.labels.index("contact")
        widths[key] = np.sqrt(fit.covariance[k, k])
        theta = fit.parameters["contact"]
    assert 0.02 < theta < 0.2
    assert widths["both"] < 0.5 * widths["resistances"]


@pytest.fixture
def picture(tmp_path):
    pixels = np.full((64, 64), 255, dtype=np.uint8)
    pixels[16:32, 16:48] = 0
    Image.fromarray(pixels).save(tmp_path / "contact.png")
    Image.fromarray(np.zeros((1, 1), np.uint8)).save(tmp_path / "dot.png")
    hills = np.random.default_rng(0).integers(0, 200, (8, 8), dtype=np.uint8)
    hills[0, 0] = 0
    Image.fromarray(np.kron(hills, np.ones((4, 4), np.uint8))).save(tmp_path / "hills.png")
    return tmp_path


def _file(folder, cell="", coating="bare"):
    path = folder / "study.toml"
    path.write_text(
        f'title = "p"\n[cells.bare]\ntype = "symmetric"\ncoating = "{coating}"\n{cell}\n'
        '[[experiments]]\nkind = "critical current"\ncell = "bare"\nlast_safe = "0.1 mA/cm2"\n'
        f'[[free]]\nname = "{LIMIT}"\n'
    )
    return path


LAW = 'critical_current_law = "hot spot"\n'
SHOWN = 'picture = "contact.png"\npicture_width = "50 um"\n'
MAP = 'picture = "hills.png"\npicture_width = "50 um"\npicture_thickness = ["50 nm", "400 nm"]\n'


def test_a_picture_of_the_contact_is_an_input(picture):
    study = load_study(_file(picture, LAW + SHOWN))
    cell = study.cells["bare"]
    shown = ContactPicture.read(picture / "contact.png", 50e-6)
    assert cell.values[f"{FACE}contact fraction"] == pytest.approx(0.125)
    problem = study.problem()
    values, _ = problem.predictions(np.zeros((1, 1)))
    transfer = TRANSFER / cell.values[f"{FACE}exchange-current density [A.m-2]"]
    sigma = cell.values["Garnet conductivity [S.m-1]"]
    assert values[0, 0] == pytest.approx(30.0 / float(shown.focus(transfer, sigma)), rel=1e-9)
    assert "contact.png" in study.checksums


def test_a_map_of_a_layers_thickness_is_an_input(picture):
    study = load_study(_file(picture, LAW + MAP, "zni2-0.5"))
    cell = study.cells["bare"]
    shown = ThicknessPicture.read(picture / "hills.png", 50e-6, 50e-9, 400e-9)
    assert cell.values[f"{FACE}layer thickness [m]"] == pytest.approx(shown.mean)
    assert cell.values[f"{FACE}layer thickness variation"] == pytest.approx(shown.variation)
    assert f"{FACE}layer correlation length [m]" not in cell.quantities
    values, _ = study.problem().predictions(np.zeros((1, 1)))
    transfer = TRANSFER / cell.values[f"{FACE}exchange-current density [A.m-2]"]
    layer = shown.mean / cell.values[f"{FACE}layer ionic conductivity [S.m-1]"]
    k = float(shown.focus(layer, transfer, cell.values["Garnet conductivity [S.m-1]"]))
    assert k > 1.1
    assert values[0, 0] == pytest.approx(30.0 / k, rel=1e-9)
    assert "hills.png" in study.checksums


def test_under_a_picture_of_a_layers_contact_the_layer_resists_too(picture):
    study = load_study(_file(picture, LAW + SHOWN, "zni2-0.5"))
    cell = study.cells["bare"]
    shown = ContactPicture.read(picture / "contact.png", 50e-6)
    local = TRANSFER / cell.values[f"{FACE}exchange-current density [A.m-2]"]
    local += (
        cell.values[f"{FACE}layer thickness [m]"]
        / cell.values[f"{FACE}layer ionic conductivity [S.m-1]"]
    )
    k = float(shown.focus(local, cell.values["Garnet conductivity [S.m-1]"]))
    values, _ = study.problem().predictions(np.zeros((1, 1)))
    assert values[0, 0] == pytest.approx(30.0 / k, rel=1e-9)


def test_a_layer_thinner_than_its_roughness_is_allowed_and_said():
    rough = {f"{FACE}layer thickness variation": "0.9"}
    said = {}
    for name, values in (("even", {}), ("rough", rough)):
        made = make_study({"coated": _cell(values=values)}, [_current()], [LIMIT])
        said[name] = [text for text in made.fit(starts=1).warnings() if "roughness" in text]
    assert said["even"] == []
    (sentence,) = said["rough"]
    assert "coated" in sentence


@pytest.mark.parametrize(
    ("cell", "coating", "said"),
    [
        (SHOWN, "bare", "only the hot-spot law reads it"),
        (LAW + 'picture = "contact.png"\n', "bare", "without a scale says nothing of lengths"),
        (LAW + 'picture_width = "50 um"\n', "bare", "there is no picture"),
        (LAW + SHOWN.replace("contact.png", "none.png"), "bare", "none.png"),
        (LAW + MAP, "bare", "the face is bare"),
        (LAW + 'garnet = "lagp"\n', "zni2-0.5", "'lagp' has no 'critical current law activation"),
        (LAW + MAP.replace("50 um", "512 px"), "zni2-0.5", "a number of pixels, not a length"),
        (LAW + MAP.replace("hills", "dot"), "zni2-0.5", "too few to show"),
        (LAW + MAP.replace("50 nm", "0.1 nm"), "zni2-0.5", "no layer at all"),
        (LAW + 'picture_thickness = ["1 nm", "2 nm"]\n', "zni2-0.5", "there is no picture"),
        (LAW + MAP.replace("50 nm", "0 nm"), "zni2-0.5", "picture_thickness must be positive"),
        (LAW + MAP.replace("50 nm", "400 nm"), "zni2-0.5", "a map needs its scale"),
        (
            LAW + MAP + 'values = {"Negative face layer thickness" = "200 nm"}\n',
            "zni2-0.5",
            "a picture says the thickness",
        ),
        (
            LAW
            + 'values = {"Negative face layer thickness variation" = "1", '
            + '"Negative face layer thickness" = "20 nm"}\n',
            "zni2-0.5",
            "leaves bare spots",
        ),
        (
            LAW + SHOWN + 'values = {"Negative face contact fraction" = "0.1"}\n',
            "bare",
            "a picture says the contact",
        ),
        (LAW + SHOWN.replace("50 um", "50 mA"), "bare", "picture_width"),
        ('critical_current_law = "hotspot"\n', "bare", "critical_current_law"),
        ("", "bare", "critical_current_law"),
        (
            LAW + 'values = {"Negative face layer thickness variation" = "3"}\n',
            "zni2-0.5",
            "variation",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(picture, cell, coating, said):
    with pytest.raises(InputError, match=said) as refused:
        load_study(_file(picture, cell, coating))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("cell", "coating", "name", "said"),
    [
        (SHOWN, "bare", "Negative face contact fraction", "a picture says the contact"),
        (MAP, "zni2-0.5", "Negative face layer thickness", "a picture says the thickness"),
        (MAP, "zni2-0.5", "Negative face layer thickness variation", "a picture says"),
    ],
)
def test_what_a_picture_says_is_not_fitted(picture, cell, coating, name, said):
    path = _file(picture, LAW + cell, coating)
    path.write_text(path.read_text() + f'[[free]]\nname = "{name}"\n')
    with pytest.raises(InputError, match=said):
        load_study(path)


def test_the_garnets_electrons_and_boundaries_count_where_they_are_stated():
    """J* of the founding garnet is as it was to 1e-10, of another it follows the strengths."""
    free, J = [LIMIT], {}
    stated = {
        "as it was": {},
        "the same, stated": {
            "Garnet electronic conductivity": "1e-8 S/cm",
            "Garnet grain boundary share": "15 %",
        },
        "leaky": {"Garnet electronic conductivity": "1e-7 S/cm"},
        "off": {
            "Garnet electronic conductivity": "1e-7 S/cm",
            "Critical current electronic exponent": "0",
        },
        "coarse": {"Garnet grain boundary share": "5 %"},
    }
    for name, values in stated.items():
        made = make_study({"coated": _cell(values=values)}, [_current()], free)
        ((J[name],),), _ = _numbers(made, [[0.0]])
        cell = made.cells["coated"]
    m, g = (published_strengths()[key].mean for key in ("electronic", "grain"))
    assert J["the same, stated"] == pytest.approx(J["as it was"], rel=1e-10)
    assert J["off"] == pytest.approx(J["as it was"], rel=1e-10)
    assert J["leaky"] / J["as it was"] == pytest.approx(10**-m, rel=1e-2)
    odds = (0.05 / 0.95) / (0.15 / 0.85)
    assert J["coarse"] / J["as it was"] == pytest.approx(odds**g, rel=1e-2)
    assert "Garnet electronic conductivity [S.m-1]" in cell.read_quantities
