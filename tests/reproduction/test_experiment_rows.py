"""The founding paper's 31 statements and its protocols; damaged files are refused."""

import pytest

from ssb_model.errors import InputError
from ssb_model.library import known_experiments, load_experiment

ZHAI = load_experiment("zhai2024")
NUMERIC = {
    2: (94.09, "%"),
    3: (10, "s"),
    4: ((0.1, 0.5, 1.0, 1.5), "mol/L"),
    5: (140, "1/cm"),
    6: ((1045.0, 1022.1, 1044.2, 1021.3), "eV"),
    7: ((56.4, 55.4), "eV"),
    8: (531.4, "eV"),
    9: (1173.4, "ohm cm2"),
    10: (10.3, "ohm cm2"),
    11: (0.5, "mol/L"),
    12: (13, "mV"),
    13: ((30.3, 19.2), "kJ/mol"),
    14: (0.15, "mA/cm2"),
    15: (2.3, "mA/cm2"),
    16: (1.0, "mA/cm2"),
    17: (0.5, "mA/cm2"),
    18: (2000, "h"),
    19: (1600, "h"),
    20: (800, "h"),
    21: (25, "h"),
    22: (3.2, "ohm cm2"),
    23: (7.3, "ohm cm2"),
    26: ((2.5, 4.1), "V"),
    27: ((155.8, 147.6, 145.1, 143.7, 124.4, 112.0), "mAh/g"),
    28: (152.5, "mAh/g"),
    29: (143.9, "mAh/g"),
    30: (0.021, "%"),
}


def test_all_31_statements_are_there():
    assert sorted(ZHAI.statements) == list(range(1, 32))
    assert "zhai2024" in known_experiments()


@pytest.mark.parametrize("number", sorted(NUMERIC))
def test_a_statement_has_the_paper_s_number(number):
    statement = ZHAI.statements[number]
    assert (statement.value, statement.unit) == NUMERIC[number]


@pytest.mark.parametrize("number", sorted(set(range(1, 32)) - set(NUMERIC)))
def test_a_statement_without_a_number_says_so(number):
    assert ZHAI.statements[number].value is None and ZHAI.statements[number].qualitative
    with pytest.raises(InputError, match="has no number"):
        ZHAI.statements[number].to_si("Ohm.m2")


@pytest.mark.parametrize("statement", ZHAI.statements.values(), ids=lambda row: str(row.number))
def test_every_statement_says_where_and_under_which_condition(statement):
    assert statement.quantity and statement.condition and statement.figure
    assert statement.kind in {"measured", "computed", "text"}


def test_what_the_authors_computed_is_not_called_measured():
    assert [number for number, row in ZHAI.statements.items() if row.kind == "computed"] == [25, 30]


def test_limits_are_told_from_values():
    bounds = {number: row.bound for number, row in ZHAI.statements.items() if row.bound}
    assert bounds == {16: "upper", 18: "lower", 19: "lower", 20: "lower"}


def test_statements_convert_to_si():
    assert ZHAI.statements[9].to_si("Ohm.m2") == pytest.approx(0.11734)
    assert ZHAI.statements[13].to_si("J.mol-1") == pytest.approx((30300, 19200))
    assert ZHAI.statements[18].to_si("s") == pytest.approx(7.2e6)
    assert ZHAI.statements[27].to_si("A.h.kg-1")[0] == pytest.approx(155.8)
    with pytest.raises(InputError, match="cannot be converted"):
        ZHAI.statements[9].to_si("V")


def test_the_paper_s_own_percentages_agree_with_its_numbers():
    first, rise, faster = (ZHAI.statements[number].value for number in (10, 22, 23))
    assert rise / first == pytest.approx(0.31, abs=0.005) and faster / first == pytest.approx(
        0.71, abs=0.005
    )
    assert ZHAI.statements[28].value / ZHAI.statements[27].value[0] == pytest.approx(
        0.979, abs=5e-4
    )


def test_interfaces_counted_is_an_assumption_of_two():
    assert ZHAI.interfaces_counted == 2 and "cannot be told" in ZHAI.interfaces_counted_source


@pytest.mark.parametrize("protocol", ZHAI.protocols.values(), ids=lambda protocol: protocol.name)
def test_every_setting_is_stated_with_a_source_or_assumed_with_a_reason(protocol):
    for setting in protocol.settings.values():
        assert setting.source and (setting.unit or isinstance(setting.value, str))
        assert setting.stated or setting.tag == "assumed"


@pytest.mark.parametrize("number", range(9, 32))
def test_every_electrochemical_statement_belongs_to_a_protocol(number):
    owners = [
        protocol.name for protocol in ZHAI.protocols.values() if number in protocol.statements
    ]
    assert owners or number == 25


def test_what_the_text_does_not_give_is_marked_as_not_stated():
    for name, setting in [
        ("symmetric-cell impedance", "highest frequency"),
        ("symmetric-cell impedance", "stack pressure"),
        ("symmetric-cell impedance", "area"),
        ("variable-temperature impedance", "temperatures"),
        ("critical-current ramp", "current density step"),
        ("symmetric cycling at 1.0 mA/cm2", "time of resistance"),
        ("full-cell rate test", "areal loading"),
    ]:
        assert not ZHAI.protocols[name].settings[setting].stated


def test_half_cycles_move_the_stated_areal_capacity():
    for current in ("0.1", "0.5", "1.0"):
        settings = ZHAI.protocols[f"symmetric cycling at {current} mA/cm2"].settings
        charge = settings["current density"].to_si("A.m-2") * settings["half cycle duration"].to_si(
            "s"
        )
        assert charge / 3600 == pytest.approx(settings["areal capacity"].to_si("A.h.m-2"))


@pytest.fixture
def copy(tmp_path):
    path = tmp_path / "experiment.toml"
    path.write_bytes(ZHAI.path.read_bytes())
    return path


def test_an_experiment_loads_from_its_folder_and_from_its_file(copy):
    assert (
        load_experiment(copy).statements
        == load_experiment(copy.parent).statements
        == ZHAI.statements
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("number = 10\n", "number = 9\n", "number 9 appears twice"),
        ("value = 10.3\n", "value = nan\n", r"statements\[9\]\.value.*finite"),
        ("value = 10.3\n", 'value = "10.3"\n', r"statements\[9\]\.value.*finite number"),
        ("value = 10.3\n", "value = []\n", r"statements\[9\]\.value.*empty"),
        ("value = 10.3\n", "value = [10.3, true]\n", r"statements\[9\]\.value.*finite"),
        ('value = 10.3\nunit = "ohm cm2"\n', "", r"statements\[9\].*statement 10 has no value"),
        (
            'value = 10.3\nunit = "ohm cm2"\n',
            "value = 10.3\n",
            r"statements\[9\].*key unit is missing",
        ),
        (
            'value = 10.3\nunit = "ohm cm2"\n',
            'value = 10.3\nunit = "omh cm2"\n',
            r"statements\[9\].*'omh cm2' is not known",
        ),
        ('figure = "Fig. 2c-e"\n', "", r"statements\[9\]\.figure is missing"),
        (
            'figure = "Fig. 2c-e"\n',
            'figur = "Fig. 2c-e"\n',
            "unknown key 'figur'.*Did you mean 'figure'",
        ),
        (
            'kind = "computed"',
            'kind = "guessed"',
            r"statements\[24\]\.kind.*'measured', 'computed' or 'text'",
        ),
        (
            'labels = ["ZnLi_x", "LiI"]',
            'labels = ["ZnLi_x"]',
            "statement 7 must have one label for each",
        ),
        (
            "[interfaces_counted]\nvalue = 2",
            "[interfaces_counted]\nvalue = 3",
            "interfaces_counted.value.*1 or 2",
        ),
        (
            "[interfaces_counted]\nvalue = 2\n",
            "[interfaces_counted]\n",
            "interfaces_counted.value is missing",
        ),
        (
            "statements = [13]",
            "statements = [99]",
            'protocols."variable-temperature impedance".statements names 99',
        ),
        (
            'stated = false, assumption = "room temperature"',
            "stated = false",
            "temperature: the key assumption is missing",
        ),
        (
            'stated = false, assumption = "room temperature"',
            'tag = "stated"',
            "temperature: the key source is missing",
        ),
        (
            "stated = false, assumption",
            'stated = false, tag = "found", assumption',
            "tag does not go with stated = false",
        ),
        ("[interfaces_counted]", "[interfaces_counted", "not valid TOML"),
    ],
)
def test_a_damaged_experiment_is_refused_by_one_sentence_naming_it(copy, old, new, told):
    text = copy.read_text(encoding="utf-8")
    assert old in text
    copy.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=told) as caught:
        load_experiment(copy)
    assert str(copy) in str(caught.value) and "\n" not in str(caught.value)


def test_an_unknown_experiment_is_answered_with_the_nearest(tmp_path):
    with pytest.raises(InputError, match="Did you mean 'zhai2024'"):
        load_experiment("zhai2023")
    with pytest.raises(InputError, match="it is a folder"):
        load_experiment(tmp_path)
