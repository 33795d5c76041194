"""A solution prints, plots, makes a table and reloads, and says what failed."""

import dataclasses

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model import InputError
from ssb_model.compiled import Outcome, Protocol, Step, load_solution
from ssb_model.compiled.solution import figure, file
from ssb_model.errors import Unfinished

from .refusals import refusal
from .test_artefact import other_files

X, TWICE = "x", "Twice x"
TIMES = np.linspace(0, 2, 9)


@pytest.fixture(scope="module")
def decay():
    """dx/dt = -rate x with x(0) = 1, and an event where x falls below the floor."""
    x, rate, floor = (
        pybamm.Variable(X),
        pybamm.InputParameter("rate"),
        pybamm.InputParameter("floor"),
    )
    model = pybamm.BaseModel()
    model.rhs, model.initial_conditions = {x: -rate * x}, {x: pybamm.Scalar(1)}
    model.variables = {X: x, TWICE: 2 * x}
    model.events = [pybamm.Event("floor reached", x - floor)]
    values = pybamm.ParameterValues({"rate": 1.0, "floor": 0.0})
    return ssb_model.compile(model, values, ("rate", "floor"), (X, TWICE))


@pytest.fixture(scope="module")
def one(decay):
    return decay.solve({"rate": 0.5}, TIMES)


@pytest.fixture(scope="module")
def batch(decay):
    """To the final time; to the event at ln 2; past the event from the start."""
    inputs = {"rate": [0.5, 1.0, 1.0], "floor": [0.0, 0.5, 2.0]}
    return decay.solve(inputs, TIMES, sensitivities=["rate"])


# ---- what it knows ----


def test_it_knows_what_was_solved_for(one, batch):
    assert one.inputs == {"rate": 0.5, "floor": 0.0}
    np.testing.assert_array_equal(batch.inputs["rate"], [0.5, 1.0, 1.0])
    assert one.members is None
    assert batch.members == 3


def test_outcome_and_status_are_one_thing_in_numbers_and_in_words(one, batch):
    assert one.outcome is Outcome.FINAL_TIME
    assert one.status == Outcome.FINAL_TIME.sentence
    ends = [Outcome.FINAL_TIME, Outcome.EVENT, Outcome.EVENT_AT_START]
    assert batch.outcome.tolist() == ends
    assert batch.status == [outcome.sentence for outcome in ends]


# ---- in a terminal and in a notebook ----


def test_one_set_of_inputs_prints_its_end_and_its_outputs_there(one):
    lines = str(one).splitlines()
    assert lines[0] == "Solution of one set of inputs: 9 times, 0 to 2 s"
    assert lines[3].split("  ")[:2] == ["final time", "2"]
    assert [line.split()[0] for line in lines[-2:]] == ["x", "Twice"]
    assert float(lines[-1].removeprefix(TWICE)) == pytest.approx(2 * np.exp(-1), rel=1e-5)
    assert repr(one) == str(one)


def test_a_batch_prints_how_many_members_ended_in_which_way(batch):
    text = str(batch)
    assert text.startswith("Solution of 3 members: 9 times, 0 to 2 s\n")
    for way, end in (
        ("final time", "2"),
        ("event: floor reached", f"{np.log(2):.6g}"),
        (Outcome.EVENT_AT_START.sentence, "0"),
    ):
        (line,) = [line for line in text.splitlines() if line.startswith(way)]
        count, t_end = line.removeprefix(way).split()[:2]
        assert count == "1"
        assert float(t_end) == pytest.approx(float(end), rel=1e-5)
    (line,) = [line for line in text.splitlines() if line.startswith(TWICE)]
    low, high = line.removeprefix(TWICE).split(" to ")
    assert float(low) == pytest.approx(2 * np.exp(-1), rel=1e-5)
    assert float(high) == pytest.approx(1, rel=1e-5)


def test_a_notebook_shows_the_same_words_as_a_terminal(batch):
    html = batch._repr_html_()
    for words in ("Solution of 3 members", "event: floor reached", Outcome.EVENT_AT_START.sentence):
        assert words in html
        assert words in str(batch)
    assert html.count("<table>") == 3


def test_names_are_text_in_a_notebook_and_never_markup(batch):
    named = dataclasses.replace(batch, termination=["", "<b>low</b>", ""])
    assert "event: &lt;b&gt;low&lt;/b&gt;" in named._repr_html_()


# ---- as a figure ----


def test_a_figure_draws_every_output_of_every_member_to_its_end(batch):
    panels = batch.plot().axes
    assert [panel.get_ylabel() for panel in panels] == [X, TWICE]
    assert panels[-1].get_xlabel() == "Time [s]"
    assert panels[0].get_title(loc="left") == "2 members, 1 failed"
    for panel, name in zip(panels, (X, TWICE), strict=True):
        for member, line in zip((0, 1), panel.lines, strict=True):
            valid = batch.valid[member]
            t, values = line.get_data()
            np.testing.assert_array_equal(t, [*TIMES[valid], batch.t_end[member]])
            np.testing.assert_array_equal(
                values, [*batch[name][member][valid], batch.final[name][member]]
            )


def test_a_figure_of_one_output_has_one_panel(one):
    (panel,) = one.plot(TWICE).axes
    assert panel.get_ylabel() == TWICE
    assert panel.get_legend() is None
    with pytest.raises(InputError, match="Did you mean 'Twice x'"):
        one.plot("twice")


def test_the_legend_tells_members_apart_by_the_input_that_differs(decay):
    legend = decay.solve({"rate": [0.25, 0.5]}, TIMES).plot(X).axes[0].get_legend()
    assert legend.get_title().get_text() == "rate"
    assert [text.get_text() for text in legend.get_texts()] == ["0.25", "0.5"]


def test_of_a_large_batch_some_members_are_drawn_and_it_says_so(decay):
    solution = decay.solve({"rate": np.linspace(0.1, 1, 50)}, TIMES)
    (panel,) = solution.plot(X).axes
    assert len(panel.lines) == figure.MOST_LINES
    assert panel.get_title(loc="left") == f"{figure.MOST_LINES} of 50 members drawn"
    for member, line in ((0, panel.lines[0]), (49, panel.lines[-1])):
        assert line.get_ydata()[-1] == solution.final[X][member]


def test_a_long_solve_is_drawn_in_hours(decay):
    solution = decay.solve({"rate": 1e-4}, [0.0, 3600.0, 36000.0])
    (panel,) = solution.plot(X).axes
    assert panel.get_xlabel() == "Time [h]"
    np.testing.assert_allclose(panel.lines[0].get_xdata()[:3], [0, 1, 10])


def test_a_failed_solve_gives_an_empty_figure_that_says_why(decay):
    (panel,) = decay.solve({"floor": 2.0}, TIMES).plot(X).axes
    assert not panel.lines
    assert panel.get_title(loc="left") == f"not drawn: {Outcome.EVENT_AT_START.sentence}"


# ---- as a table ----


def test_a_table_has_a_row_for_each_time_up_to_the_end(one, batch):
    whole = one.to_dataframe()
    assert list(whole.columns) == ["Time [s]", X, TWICE]
    np.testing.assert_array_equal(whole["Time [s]"], TIMES)
    np.testing.assert_array_equal(whole[X], one[X])
    ended = batch.to_dataframe(1)
    assert list(ended.columns) == ["Time [s]", X, TWICE]
    assert ended["Time [s]"].max() < np.log(2) < TIMES[len(ended)]
    np.testing.assert_array_equal(ended[TWICE], batch[TWICE][1][: len(ended)])


def test_all_members_stand_below_each_other_by_number(batch):
    table = batch.to_dataframe()
    assert list(table.columns) == ["Member", "Time [s]", X, TWICE]
    assert set(table["Member"]) == {0, 1}  # the third failed
    for member in (0, 1):
        rows = table[table["Member"] == member].drop(columns="Member").reset_index(drop=True)
        assert rows.equals(batch.to_dataframe(member))
    assert "numbered from 0 to 2" in refusal(batch.to_dataframe, 3)


def test_a_table_of_a_protocol_says_which_segment(spm):
    steps = (Step("current", 5.0, 60.0), Step("current", 0.0, 60.0))
    table = spm.solve(experiment=Protocol(steps)).to_dataframe()
    assert list(table["Segment"]) == [0, 0, 1, 1]
    np.testing.assert_allclose(table["Time [s]"], [0, 60, 60, 120])


# ---- in a file ----


@pytest.fixture
def saved(batch, tmp_path):
    path = tmp_path / "batch.npz"
    batch.save(path)
    return path


def same(a, b):
    """Equal to the last bit, in types too."""
    assert type(a) is type(b)
    if isinstance(a, dict):
        assert list(a) == list(b)
        for name in a:
            same(a[name], b[name])
    elif isinstance(a, np.ndarray):
        assert (a.dtype, a.shape, a.tobytes()) == (b.dtype, b.shape, b.tobytes())
    else:
        assert a == b


@pytest.mark.parametrize("which", ["one", "batch"])
def test_a_saved_solution_reloads_to_the_last_bit(which, request, tmp_path):
    solution = request.getfixturevalue(which)
    solution.save(tmp_path / "solution.npz")
    loaded = load_solution(tmp_path / "solution.npz")
    for each in dataclasses.fields(solution):
        same(getattr(loaded, each.name), getattr(solution, each.name))
    assert loaded.status == solution.status
    assert str(loaded) == str(solution)
    np.testing.assert_array_equal(loaded.succeeded, solution.succeeded)


def test_a_loaded_state_is_one_to_go_on_from(decay, one, tmp_path):
    one.save(tmp_path / "one.npz")
    state = load_solution(tmp_path / "one.npz").final_state
    on = decay.solve({"rate": 0.5}, TIMES, initial_state=state)
    np.testing.assert_allclose(on[X], np.exp(-0.5 * (2 + TIMES)), rtol=1e-5)


def test_what_is_no_solution_is_refused(decay, tmp_path):
    for path in other_files(tmp_path):
        assert "is not a solution" in refusal(load_solution, path), path
    assert "solution.save(path) writes one" in refusal(load_solution, tmp_path / "none.npz")
    decay.save(tmp_path / "decay.ssb")
    assert "is not a solution" in refusal(load_solution, tmp_path / "decay.ssb")


def test_a_solution_is_not_taken_for_a_compiled_model(saved):
    assert "not a compiled model but a solution" in refusal(ssb_model.load_compiled, saved)


def test_a_damaged_solution_is_refused(saved):
    whole = saved.read_bytes()
    for length in range(1, len(whole), 211):
        saved.write_bytes(whole[:length])
        assert "damaged" in refusal(load_solution, saved)
    saved.write_bytes(whole)
    with np.load(saved) as content:
        changed = {name: content[name] for name in content.files}
    changed["array_0"] = changed["array_0"] + 1
    with saved.open("wb") as again:
        np.savez(again, **changed)
    assert "checksum" in refusal(load_solution, saved)


def test_another_format_is_refused_by_its_number(batch, saved, monkeypatch):
    monkeypatch.setattr(file, "FORMAT", file.FORMAT + 1)
    batch.save(saved)
    monkeypatch.undo()
    assert f"has format {file.FORMAT + 1}" in refusal(load_solution, saved)


def test_a_write_that_fails_leaves_what_was_there(batch, saved, monkeypatch):
    before = saved.read_bytes()

    def full_disk(target, **_):
        target.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez_compressed", full_disk)
    with pytest.raises(Unfinished, match="No space left"):
        batch.save(saved)
    assert saved.read_bytes() == before
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]
