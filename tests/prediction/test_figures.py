"""The sheet of a prediction shows the draws as they are: intervals, bands, causes, their names."""

from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import same_color

from ssb_model.plotting.saving import save_figure
from ssb_model.plotting.style import BARE, QUIET
from ssb_model.prediction.critical import CRITICAL_CURRENT, PLATING
from ssb_model.prediction.questions import CURRENTS, PREDICTED, RATES, RESISTANCE, unit_of_question
from ssb_model.prediction.result import Prediction
from ssb_model.prediction.result.figures.sheet import OWN, prediction_sheet
from tests.marks import texts

GARNET = 120.0  # ohm cm2
FREQUENCY = np.logspace(7, -2, 60)
LAWS = [
    f"{CRITICAL_CURRENT}, law {name} through the founding cells"
    for name in ("A0", "A", "B", "C", "D")
]
LONG = "a coating whose name is much longer than any panel of the sheet can hold in one line"


def made_up(
    name,
    resistance,
    spread=0.05,
    type="mixed",
    current=2.0,
    measured=True,
    leaking=False,
    spread_of_current=0.3,
):
    """A prediction of a face that is one arc: what is drawn can be told from two numbers."""
    normals = np.random.default_rng(3).standard_normal((3, 200))
    R = resistance * np.exp(spread * normals[0])
    J = current * np.exp(spread_of_current * normals[1])
    values = {asked: (R * np.exp(0.1 * normals[2]), unit_of_question(asked)) for asked in PREDICTED}
    values[RESISTANCE] = R, "ohm cm2"
    values |= {f"polarisation at {x:g} mA/cm2": (x * (GARNET + R), "mV") for x in CURRENTS}
    values |= {f"capacity at {C:g}C": (160 - 40 * C + normals[1], "mAh/g") for C in RATES}
    values |= {law: (J, "mA/cm2") for law in LAWS} | {CRITICAL_CURRENT: (J, "mA/cm2")}
    if leaking:
        values[PLATING] = J / 10, "mA/cm2"
    at = 1 / (1 + 1j * FREQUENCY[:, None] / 1e4)
    return Prediction(
        coating=SimpleNamespace(
            name=name,
            type=type,
            layered=type != "none",
            resistance=measured or None,
            critical_current=measured or None,
        ),
        cell="zhai2024",
        values=values,
        spectrum=GARNET + R * at,
        frequency=FREQUENCY,
        sources=dict(zip(("one", "two", "three"), normals[:, :, None], strict=True)),
    )


OWN_ONE = made_up("mine", 11.0, measured=False)
COATED = made_up("founding", 10.3)
BARE_ONE = made_up("bare", 1173.4, type="none", current=0.15)
SHEETS = {
    "one coating and two references": ([OWN_ONE], [COATED, BARE_ONE]),
    "three that are not known": (
        [
            made_up(type, R, 1.7, type, measured=False, leaking=True)
            for type, R in (("ionic", 166), ("electronic", 3.5), ("mixed", 12.5))
        ],
        [],
    ),
    "four with long names": ([made_up(f"{k} {LONG}", 10.0**k) for k in range(4)], []),
    "a bare garnet": ([BARE_ONE], [COATED]),
    "one alone": ([made_up(LONG, 10.0, leaking=True)], []),
    "one known well": ([made_up("known", 10.0, 0.001, spread_of_current=0.01)], []),
}


@pytest.fixture(scope="module")
def sheets():
    """Each figure, drawn once."""
    return {name: prediction_sheet(*shown) for name, shown in SHEETS.items()}


def panel(figure, title):
    """The axes whose title begins so."""
    return next(axes for axes in figure.axes if axes.get_title("left").startswith(title))


def lines_of(axes, colour):
    """Lines without symbols."""
    return [
        x for x in axes.lines if same_color(x.get_color(), colour) and x.get_linestyle() != "None"
    ]


def shown_ticks(axis):
    """Labels of the ticks within the axes."""
    low, high = sorted(axis.get_view_interval())
    labels = zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=True)
    return [label for at, label in labels if low <= at <= high]


def words_of(axes):
    """All that can be read on some axes."""
    legend = axes.get_legend()
    words = [*axes.texts, axes._left_title, *(legend.get_texts() if legend else [])]
    for axis in (axes.xaxis, axes.yaxis) if axes.axison else ():
        words += [axis.label, *shown_ticks(axis)]
    return [text for text in words if text.get_text()]


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_is_small_off_the_page_or_upon_other_words(sheets, name):
    figure = sheets[name]
    figure.draw_without_rendering()
    page = figure.bbox.padded(2)
    words = [text for axes in figure.axes for text in words_of(axes)]
    words += figure.legends[0].get_texts()
    boxes = [text.get_window_extent() for text in words]
    for k, (text, box) in enumerate(zip(words, boxes, strict=True)):
        assert text.get_fontsize() >= 10, text
        assert page.x0 <= box.x0 and box.x1 <= page.x1, text
        assert page.y0 <= box.y0 and box.y1 <= page.y1, text
        upon = [words[j] for j in range(k) if box.overlaps(boxes[j].padded(-1))]
        assert not upon, f"{text} upon {upon}"


@pytest.mark.parametrize("name", SHEETS)
def test_every_axis_has_a_unit_and_ohms_are_as_long_across_as_up(sheets, name):
    for axes in (axes for axes in sheets[name].axes if axes.axison):
        assert axes.get_xlabel().endswith("]")
        assert ("Im Z" in axes.get_ylabel()) == (axes.get_aspect() == 1)


@pytest.mark.parametrize("name", SHEETS)
def test_a_logarithmic_axis_has_ticks_to_be_read_by(sheets, name):
    for axes in (axes for axes in sheets[name].axes if axes.get_xscale() == "log"):
        assert len(shown_ticks(axes.xaxis)) >= 2


def test_each_has_its_colour_and_bare_garnet_the_one_of_all_figures(sheets):
    [legend] = sheets["one coating and two references"].legends
    colours = {
        text.get_text(): line.get_color()
        for text, line in zip(legend.get_texts(), legend.get_lines(), strict=True)
    }
    assert colours == {"mine": OWN[0], "founding": QUIET, "bare": BARE}
    [legend] = sheets["a bare garnet"].legends
    assert legend.get_lines()[0].get_color() == BARE


@pytest.mark.parametrize(
    ("title", "quantity"), [("Interface", RESISTANCE), ("Critical", CRITICAL_CURRENT)]
)
def test_a_bar_ends_where_the_central_95_percent_end(sheets, title, quantity):
    axes = panel(sheets["one coating and two references"], title)
    for bar, one in zip(axes.containers, (OWN_ONE, COATED, BARE_ONE), strict=False):
        [ends] = bar.lines[2][0].get_segments()
        np.testing.assert_allclose(ends[:, 0], np.percentile(one[quantity], [2.5, 97.5]))
        assert bar.lines[0].get_xdata() == pytest.approx(np.median(one[quantity]))


def test_a_much_larger_spectrum_has_a_panel_of_its_own(sheets):
    figure = sheets["one coating and two references"]
    small, large = panel(figure, "Impedance, sym"), panel(figure, "Impedance of")
    assert not lines_of(small, BARE) and lines_of(large, BARE)
    assert small.get_xlim()[1] < 150 < 1200 < large.get_xlim()[1]
    alike = [axes for axes in sheets["one alone"].axes if "Impedance" in axes.get_title("left")]
    assert len(alike) == 1


def test_the_line_is_the_draw_of_median_resistance_amid_the_central_95_percent(sheets):
    axes = panel(sheets["a bare garnet"], "Impedance of")
    [line] = lines_of(axes, BARE)
    R = BARE_ONE[RESISTANCE]
    assert np.ptp(line.get_xdata()) == pytest.approx(np.median(R), rel=0.01)
    [fine] = [one for one in axes.collections if isinstance(one, LineCollection)]
    ends = np.array([np.ptp(segment[:, 0]) for segment in fine.get_segments()])
    low, high = np.percentile(R, [2.5, 97.5])
    assert low * 0.999 < ends.min() < ends.max() < high * 1.001
    assert 50 < len(ends) <= 200


def test_a_few_huge_draws_do_not_hide_the_median(sheets):
    figure = sheets["three that are not known"]
    [axes] = [axes for axes in figure.axes if axes.get_aspect() == 1]
    left, right = axes.get_xlim()
    widest = max(np.ptp(line.get_xdata()) for line in axes.lines)
    assert widest > 0.25 * (right - left)


def test_polarisation_is_solid_up_to_the_critical_current_and_dashed_beyond(sheets):
    axes = panel(sheets["one coating and two references"], "Polarisation")
    critical = np.median(BARE_ONE[CRITICAL_CURRENT])
    solid, dashed = lines_of(axes, BARE)
    assert (solid.get_linestyle(), dashed.get_linestyle()) == ("-", "--")
    assert max(solid.get_xdata()) == min(dashed.get_xdata()) == pytest.approx(critical)
    np.testing.assert_allclose(
        dashed.get_ydata()[1:],
        [np.median(BARE_ONE[f"polarisation at {x:g} mA/cm2"]) for x in CURRENTS[1:]],
    )
    triangles = {
        line.get_color(): line.get_xdata()[0] for line in axes.lines if line.get_marker() == "^"
    }
    assert triangles[BARE] == pytest.approx(critical) and len(triangles) == 3


def test_it_says_of_each_critical_current_whether_it_was_measured(sheets):
    told = texts(sheets["one coating and two references"])
    assert "mine, forecast: " in told and "founding, measured: " in told


def test_the_foot_names_what_was_measured_and_the_cell(sheets):
    told = {name: figure.get_supxlabel().replace("\n", " ") for name, figure in sheets.items()}
    assert "with its error: none. Else of the priors" in told["three that are not known"]
    assert "with its error: bare." in told["a bare garnet"]
    assert "Else of the priors" not in told["a bare garnet"]
    assert all("of the cell zhai2024" in foot for foot in told.values())


def test_lithium_below_is_a_second_bar_below(sheets):
    axes = panel(sheets["three that are not known"], "Critical")
    middles = [
        bar.lines[0].get_xdata()[0] for bar in axes.containers if len(bar.lines[0].get_xdata())
    ]
    np.testing.assert_allclose(middles[1::2], np.array(middles[::2]) / 10)
    assert "with Li below" in [text.get_text() for text in axes.get_legend().get_texts()]


@pytest.mark.parametrize("name", SHEETS)
def test_shares_fill_each_bar_once_in_the_order_of_their_size(sheets, name):
    axes = panel(sheets[name], "What causes")
    rows = {}
    for bar in (patch for patch in axes.patches if patch.get_width() > 0):
        rows.setdefault(round(bar.get_y(), 6), []).append(bar)
    assert rows
    for bars in rows.values():
        widths = [bar.get_width() for bar in bars]
        assert sum(widths) == pytest.approx(100)
        named = [
            w
            for w, bar in zip(widths, bars, strict=True)
            if not same_color(bar.get_facecolor(), "white")
        ]
        assert named == sorted(named, reverse=True)


def test_the_resistance_of_a_made_up_face_is_caused_by_what_it_was_made_of(sheets):
    axes = panel(sheets["one coating and two references"], "What causes")
    first = min(
        (p for p in axes.patches if p.get_width() > 0), key=lambda p: (p.get_y(), p.get_x())
    )
    assert first.get_width() == pytest.approx(100, abs=1)


def test_a_figure_is_written_whole_or_not_at_all(sheets, tmp_path):
    path = save_figure(sheets["one alone"], tmp_path / "a.png")
    assert path.read_bytes().startswith(b"\x89PNG") and list(tmp_path.iterdir()) == [path]

    def stopped(*args, **kwargs):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save_figure(SimpleNamespace(savefig=stopped), tmp_path / "b.png")
    assert list(tmp_path.iterdir()) == [path]
