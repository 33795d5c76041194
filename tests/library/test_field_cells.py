"""Published cells say what their sources say; a row that cannot be is one sentence."""

import pytest

from ssb_model.errors import InputError
from ssb_model.library import (
    field_cells,
    field_digest,
    field_findings,
    load_field_file,
    own_field_cells,
    published_coatings,
)

HEAD = 'source = "mine"\n[[cells]]\nname = "a"\ntreatment = "X"\nlayer = "mixed"\n'
ROW = HEAD + 'contact = "coated"\ncritical_current = "1.3 mA/cm2"\nresistance = "5 ohm cm2"\n'


def written(tmp_path, text):
    (tmp_path / "own.toml").write_text(text)
    return tmp_path / "own.toml"


def test_every_published_row_is_read_and_named_once():
    cells = field_cells()
    assert len(cells) == len({cell.name for cell in cells}) == 95
    assert sum(cell.learnt_from for cell in cells) == 68


def test_numbers_agree_with_those_of_the_published_coatings():
    """Where a paper is in both, it is by the same numbers."""
    cells = {cell.name: cell for cell in field_cells()}
    coatings = {coating.name: coating for coating in published_coatings()}
    same = {"Zhai-LiIZnLi": "lii-znlix", "ITO": "ito", "MoS2": "mos2", "LiSrN": "li-sr-n"}
    same |= {"dense": "dense-llzto", "EBS": "electron-blocking-shield", "MCL": "mcl"}
    for name, coating in same.items():
        after = coatings[coating].critical_current[0].after
        assert cells[name].J.value == pytest.approx(after.to_si("A.m-2"))
        if coatings[coating].resistance:
            R = coatings[coating].resistance.after.to_si("Ohm.m2")
            assert cells[name].R.value == pytest.approx(R)


def test_what_may_be_a_soft_short_is_kept_and_not_learnt_from():
    aside = {cell.name for cell in field_cells() if cell.set_aside}
    assert {"cleanLi", "rosero2025-lbo", "zhong2020-ZnNO3", "hitz2019-trilayer"} <= aside


def test_rows_16_and_17_of_the_founding_paper_are_kept_out_to_test_the_forecast():
    cells = {cell.name: cell for cell in field_cells()}
    for name in ("Zhai-ZnI2-1.5M", "Zhai-LiI"):
        assert not cells[name].learnt_from


def test_the_digest_knows_the_rows_and_not_their_order(tmp_path):
    one, other = load_field_file(
        written(tmp_path, ROW + "\n" + ROW.split("\n", 1)[1].replace('"a"', '"b"'))
    )
    assert field_digest([one, other]) == field_digest([other, one])
    assert field_digest([one]) != field_digest([other])


def test_own_rows_stand_beside_the_published_ones(tmp_path):
    written(tmp_path, ROW)
    assert len(field_cells(tmp_path)) == len(field_cells()) + 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('"1.3 mA/cm2"', '"1.3"'), "the unit is missing"),
        (('"1.3 mA/cm2"', '"1.3 mV"'), "mV"),
        (('"1.3 mA/cm2"', '"-1.3 mA/cm2"'), "must be positive"),
        (('"1.3 mA/cm2"', '"2 to 1 mA/cm2"'), "does not rise"),
        (('"1.3 mA/cm2"', '">= 1 to 2 mA/cm2"'), "keep one of them"),
        (('"1.3 mA/cm2"', '">= 1 mA/cm2"\nreported = "first failed"'), "contradicts reported"),
        (('"1.3 mA/cm2"', '"1.3 mA/cm2"\ntemperature = "25 K"'), "write 298.15 K"),
        (('"1.3 mA/cm2"', '"1.3 mA/cm2"\ntemperature = "298"'), "the unit is missing"),
        (('"1.3 mA/cm2"', '"1.3 mA/cm2"\nstack_pressure = "5 Pa"'), "if 5 MPa is meant"),
        (('"1.3 mA/cm2"', '"1.3 mA/cm2"\nstep = "2 mA/cm2"'), "does not end at"),
        (('"1.3 mA/cm2"', '"1.3 mA/cm2"\nhalf_cycle = "1 h"\ncapacity = "5 mAh/cm2"'), "pass"),
        (('"1.3 mA/cm2"', '"1.3 mA/cm2"\nfaces = 3'), "faces"),
        (('"1.3 mA/cm2"', '"1.3 mA/cm2"\nccd = 3'), "unknown key 'ccd'"),
        (('"coated"', '"bare"'), "has no layer"),
        (('"mixed"', '"none"'), "needs a layer"),
        (('critical_current = "1.3 mA/cm2"\nresistance = "5 ohm cm2"\n', ""), "neither resistance"),
        (('name = "a"', 'name = "a"\nsource = "b"'), "at the head of the file"),
    ],
)
def test_a_row_that_cannot_be_is_refused_in_one_sentence(tmp_path, change, sentence):
    with pytest.raises(InputError, match=sentence.replace("(", r"\(")) as told:
        load_field_file(written(tmp_path, ROW.replace(*change)))
    assert "own.toml" in str(told.value)


def test_a_published_row_again_is_refused(tmp_path):
    again = ROW.replace("1.3 mA", "1.3 mA").replace("5 ohm", "4.5 ohm")
    written(tmp_path, again)
    with pytest.raises(InputError, match="is the published 'LiSrN' again"):
        field_cells(tmp_path)


def test_two_rows_of_one_name_are_refused(tmp_path):
    with pytest.raises(InputError, match="two rows are called 'a'"):
        load_field_file(written(tmp_path, ROW + "\n" + ROW.split("\n", 1)[1]))


def test_a_folder_that_is_not_there_or_has_no_file_is_said(tmp_path):
    with pytest.raises(InputError, match="no file of cells"):
        field_cells(tmp_path)
    with pytest.raises(InputError, match="there is no folder"):
        field_cells(tmp_path / "none")


def test_a_bare_cell_better_than_the_coated_one_is_allowed_and_said(tmp_path):
    bare = ROW.split("\n", 1)[1].replace('"a"', '"b"').replace('"mixed"', '"none"')
    bare = bare.replace('"coated"', '"bare"').replace("1.3 mA", "2 mA")
    [said] = field_findings(load_field_file(written(tmp_path, ROW + "\n" + bare)))
    assert "'b' is bare and bears more" in said
    assert not field_findings(field_cells())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('"1.3 mA/cm2"', '"1.3 A/cm2"'), "such cells have 0.01 to 100 mA/cm2: check its unit"),
        (('"5 ohm cm2"', '"5 ohm m2"'), None),
        (('"5 ohm cm2"', '"5e6 ohm cm2"'), "such cells have 0.01 to 100000 ohm cm2"),
        (('"5 ohm cm2"', '"5 ohm cm2"\nconductivity = "0.5 S/cm"'), "0.001 to 10 mS/cm"),
        (('"5 ohm cm2"', '"5 ohm cm2"\nthickness = "1 m"'), "0.001 to 10 mm"),
    ],
)
def test_a_number_far_from_every_cell_is_asked_about(tmp_path, change, sentence):
    found = field_findings(load_field_file(written(tmp_path, ROW.replace(*change))))
    assert not found if sentence is None else sentence in found[0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('"1.3 mA/cm2"', '"1.3 ± 0.2 mA/cm2"'), "'±' between two numbers"),
        (('"1.3 mA/cm2"', '"1.0-1.3 mA/cm2"'), "'-' between two numbers"),
        (('"1.3 mA/cm2"', '"1,3 mA/cm2"'), "write a decimal point"),
        (('"5 ohm cm2"', '"5 ohm cm2"\ndensity = "0.94 %"'), "between 30 and 100 %"),
        (('"5 ohm cm2"', '"5 ohm cm2"\ndensity = "940 %"'), "between 30 and 100 %"),
    ],
)
def test_a_number_with_no_one_meaning_is_refused(tmp_path, change, sentence):
    with pytest.raises(InputError, match=sentence):
        load_field_file(written(tmp_path, ROW.replace(*change)))


def test_a_published_row_in_other_units_or_without_its_temperature_is_that_row(tmp_path):
    again = ROW.replace("1.3 mA/cm2", "13 A/m2").replace("5 ohm cm2", "0.00045 Ohm.m2")
    written(tmp_path, again.replace('"X"', '"X"\ntemperature = "25 degC"'))
    with pytest.raises(InputError, match="is the published 'LiSrN' again"):
        field_cells(tmp_path)


def test_rows_alike_and_what_own_rows_leave_out_are_said(tmp_path):
    other = ROW.split("\n", 1)[1].replace('"a"', '"b"')
    written(tmp_path, ROW + "\n" + other)
    alike, faces, temperature = field_findings(own_field_cells(tmp_path))
    assert "'a' and 'b' have the same numbers" in alike
    assert "not said of 'a', 'b'" in faces
    assert "25 °C is taken" in temperature
