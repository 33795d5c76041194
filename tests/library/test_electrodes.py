"""An electrode's file: its potential by name, table or reactions; what is wrong in a sentence."""

import pytest

from ssb_model import InputError, load_parameter_set

TABLE = "stoichiometry,voltage\n0,4.2\n0.2,4.0\n0.5,3.8\n0.8,3.5\n0.9,3.2\n1,2.4\n"
BOTH = (
    "x;V_lith [mV];V_del [mV]\n# measured at C/50\n1;2400;2500\n0.9;3200;3300\n0.5;3800;3850\n"
    "0.3;3900;4000\n0.1;4000;4100\n0;4100;4200\n"
)
SITE = '{ potential = "3.9 V", share = 1.0, ideality = 1.5, exchange_current_density = "1 A/m2" }'


@pytest.fixture
def electrode(tmp_path):
    """``electrode(head, **tables)``: a set like LFP's with another potential, and its tables."""

    def write(head, more="", **tables):
        text = load_parameter_set("lfp").path.read_text("utf-8")
        path = tmp_path / "mine.toml"
        path.write_text(text.replace('open_circuit_potential = "afshar2017"', head) + more)
        for name, content in tables.items():
            content = content if isinstance(content, bytes) else content.encode()
            (tmp_path / f"{name}.csv").write_bytes(content)
        return path

    return write


def own(**keys):
    pairs = ", ".join(f'{key} = "{value}"' for key, value in keys.items())
    return f"open_circuit_potential = {{ {pairs} }}"


DECAY = (
    '\n[parameters."hysteresis decay rate"]\nvalue = 20\nunit = "1"\ntag = "assumed"\n'
    'source = "of a test"\n'
)


def test_a_table_beside_the_file_is_read_as_it_stands(electrode):
    found = load_parameter_set(electrode(own(table="ocp.csv"), ocp=TABLE))
    potential = found.open_circuit_potential
    assert potential.stoichiometry == (0, 0.2, 0.5, 0.8, 0.9, 1)
    assert potential.columns["voltage"][-1] == 2.4
    assert found.options == {} and found.tables == (potential.path,)


def test_columns_are_found_by_the_names_that_the_file_gives_in_their_unit(electrode):
    """Semicolons, millivolts, falling stoichiometry, a comment: all said by the table itself."""
    head = own(table="ocp.csv", stoichiometry="x", lithiation="V_lith", delithiation="V_del")
    found = load_parameter_set(electrode(head, DECAY, ocp=BOTH))
    assert found.open_circuit_potential.stoichiometry == (0, 0.1, 0.3, 0.5, 0.9, 1)
    assert found.open_circuit_potential.columns["delithiation"][0] == pytest.approx(4.2)
    assert found.options == {"open-circuit potential": "one-state hysteresis"}


def test_reactions_ask_for_pybammss_model_of_them(electrode):
    found = load_parameter_set(electrode(f"open_circuit_potential = {{ reactions = [{SITE}] }}"))
    assert found.options["open-circuit potential"] == "MSMR"
    assert found.open_circuit_potential.reactions[0].potential == 3.9


TABLES = {
    "a voltage that rises": (TABLE.replace("3.5", "3.9"), r"'voltage' rises by 0.1 V before"),
    "too short": (TABLE[:40], "has 3 rows below its line of names"),
    "empty": ("", "has 0 rows"),
    "a stoichiometry above 1": (TABLE.replace("\n1,", "\n1.2,"), "1.2 in the column 'stoichiom"),
    "in percent": (TABLE.replace("0.5,", "50,"), "50 in the column 'stoichiometry' is outside"),
    "not a number": (TABLE.replace("3.8", "nan"), "line 4: 'nan' in the column 'voltage' is not"),
    "a comma for a point": (
        TABLE.replace(",", ";").replace("4.0", "4,0"),
        "line 3: '4,0' in the column 'voltage' is not a finite number",
    ),
    "infinite": (TABLE.replace("3.8", "1e999"), "'1e999' in the column"),
    "a missing cell": (TABLE.replace("0.5,3.8", "0.5"), "line 4: '' in the column 'voltage'"),
    "a value twice": (TABLE.replace("0.2,", "0.5,"), "does not rise from 0.5 to 0.5"),
    "unsorted": (TABLE.replace("0.8,", "0.1,"), "does not rise from 0.5 to 0.1"),
    "millivolts": (TABLE.replace("3.8", "3800"), "3800 V in the column 'voltage' at"),
    "another column": (TABLE.replace("voltage", "ocv"), "has no column 'voltage'"),
    "a column twice": (TABLE.replace("stoich", "voltage,stoich", 1), "several columns 'voltage'"),
    "a wrong unit": (TABLE.replace("voltage", "voltage [mA]"), "the unit 'mA' cannot be conv"),
    "code": (TABLE.replace("3.8", "__import__('os')"), "is not a finite number"),
    "bytes": (b"\xff\xfe\x00\x01" * 40, "is no text"),
    "zeros": (b"\0" * 400, "is no text"),
    "large": ("a,b\n" + "1,2\n" * 300_000, "more than the 1 MiB that are read"),
    "long": ("a,b\n" + "1,2\n" * 6000, "has 6000 rows below its line of names, and a table has"),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_is_none_is_refused_with_file_line_and_column(electrode, name):
    content, sentence = TABLES[name]
    path = electrode(own(table="ocp.csv"), ocp=content)
    with pytest.raises(InputError, match=sentence) as refused:
        load_parameter_set(path)
    assert str(refused.value).startswith(f"{path}: ") and "ocp.csv" in str(refused.value)
    assert "\n" not in str(refused.value)


HEADS = {
    "no such file": (own(table="there.csv"), "there.csv cannot be read: there is no such file"),
    "a folder": (own(table="."), "cannot be read: it is a folder"),
    "a device": (own(table="/dev/zero"), "is not an ordinary file but a device"),
    "two at once": (own(table="ocp.csv", parameter_set="Chen2020"), "give one of parameter_set"),
    "none": ("open_circuit_potential = { }", "give one of parameter_set, table and reactions"),
    "a column of no table": (own(parameter_set="Chen2020", voltage="U"), "names a column of a"),
    "one branch": (own(table="ocp.csv", lithiation="a"), "both lithiation and delithiation"),
    "an unknown name": ('open_circuit_potential = "nmc"', "'nmc' is not allowed: write 'afshar2"),
    "an expression": ('open_circuit_potential = "4 - x"', "'4 - x' is not allowed"),
    "an unknown key": ("open_circuit_potential = { file = 'a.csv' }", "unknown key 'file'"),
    "a number": ("open_circuit_potential = 3.4", "3.4 is not allowed"),
    "no branches for hysteresis": (
        own(table="ocp.csv") + '\noptions = { "open-circuit potential" = "one-state hysteresis" }',
        "needs an open_circuit_potential that is a table with the columns lithiation",
    ),
    "MSMR without reactions": (
        own(table="ocp.csv") + '\noptions = { "open-circuit potential" = "MSMR" }',
        r"MSMR takes reactions = \[...\], and they nothing else",
    ),
    "an option of the face": (
        own(table="ocp.csv") + '\noptions = { "coverage" = "partial" }',
        'an electrode has no option "coverage"',
    ),
    "an option's value": (
        own(table="ocp.csv") + '\noptions = { "catholyte" = "liquid" }',
        '"catholyte" cannot be "liquid"',
    ),
    "a quantity that an option needs": (
        own(table="ocp.csv") + '\noptions = { "intercalation kinetics" = "Marcus" }',
        'needs the quantity "reorganisation energy"',
    ),
    "shares of sites": (
        f"open_circuit_potential = {{ reactions = [{SITE.replace('1.0', '0.7')}] }}",
        "the shares of all sites add up to 0.7",
    ),
    "a site's unit": (
        f"open_circuit_potential = {{ reactions = [{SITE.replace('3.9 V', '3.9 A')}] }}",
        r"reactions\[0\].*the unit 'A' cannot be converted",
    ),
    "no reactions": ("open_circuit_potential = { reactions = [] }", "reactions"),
    "a factor and a table": (
        own(table="ocp.csv") + "\nrelative_diffusivity = { }",
        "relative_diffusivity: give either table or parameter_set",
    ),
    "a factor below zero": (
        own(table="ocp.csv") + '\nrelative_diffusivity = { table = "ocp.csv", factor = "minus" }',
        "no factor of a diffusivity",
    ),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_potential_or_option_that_makes_no_sense_is_refused(electrode, name):
    head, sentence = HEADS[name]
    columns = TABLE.replace("voltage", "voltage,minus").replace("\n0", "\n0").splitlines()
    content = "\n".join([columns[0], *(f"{line},-1" for line in columns[1:])])
    with pytest.raises(InputError, match=sentence) as refused:
        load_parameter_set(electrode(head, ocp=content))
    assert "\n" not in str(refused.value)


def test_branches_that_have_changed_places_are_refused(electrode):
    head = own(table="ocp.csv", stoichiometry="x", lithiation="V_del", delithiation="V_lith")
    with pytest.raises(InputError, match="exchange the two columns"):
        load_parameter_set(electrode(head, DECAY, ocp=BOTH))


def test_hysteresis_without_its_decay_is_refused(electrode):
    head = own(table="ocp.csv", stoichiometry="x", lithiation="V_lith", delithiation="V_del")
    with pytest.raises(InputError, match='needs the quantity "hysteresis decay rate"'):
        load_parameter_set(electrode(head, ocp=BOTH))


@pytest.mark.parametrize("key", ["open_circuit_potential", "relative_diffusivity"])
def test_curves_belong_to_electrodes(tmp_path, key):
    text = load_parameter_set("llzto").path.read_text("utf-8")
    path = tmp_path / "garnet.toml"
    path.write_text(text.replace("\nkind", f'\n{key} = {{ table = "a.csv" }}\nkind', 1))
    with pytest.raises(InputError, match=f"the key {key} belongs to the kind electrode: remove"):
        load_parameter_set(path)
