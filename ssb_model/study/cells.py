"""The cells of a study: PyBaMM model, known values, compiled with the fitted parameters open."""

from dataclasses import dataclass
from functools import cached_property

from ssb_model.errors import InputError
from ssb_model.library.units import parse
from ssb_model.study.names import full_name, unit_of

TEMPERATURE = "Ambient temperature [K]"
SHARE = "Garnet grain boundary share"
POLARISATION = "Polarisation [V]"
WINDOW = ("Lower voltage cut-off [V]", "Upper voltage cut-off [V]")  # of a full cell


@dataclass(frozen=True, eq=False)
class StudyCell:
    """One cell of a study.

    Attributes
    ----------
    name, type : str
    quantities : dict of str to Quantity
        Of its parts, by PyBaMM name.
    values : pybamm.ParameterValues
    options : dict
    inputs : tuple of str
        Fitted parameters, by PyBaMM name.
    """

    name: str
    type: str
    quantities: dict
    values: object
    options: dict
    inputs: tuple = ()

    @property
    def area(self):
        """Area of a face [m2]."""
        return float(self.values["Cell area [m2]"])

    @cached_property
    def model(self):
        """The PyBaMM model."""
        import ssb_model

        make = {
            "symmetric": ssb_model.SymmetricCell,
            "full": ssb_model.FullCell,
            "blocking": ssb_model.BlockingCell,
        }
        return make[self.type](self.options)

    @cached_property
    def compiled(self):
        """The compiled model."""
        import ssb_model

        outputs = ["Voltage [V]"] + [POLARISATION] * (self.type == "symmetric")
        inputs = [TEMPERATURE, *(name for name in self.inputs if name != TEMPERATURE)]
        return ssb_model.compile(self.model, self.values, inputs=inputs, outputs=outputs)


def read_cell(name, table, inputs, path):
    """A :class:`StudyCell` from its table; ``inputs`` as a function of its known names."""
    from ssb_model.cells.parameters import cell_parameters, cell_quantities

    where = f"{path}: cells.{name}"
    options = dict(table.options)
    parts = _parts(table, where)
    quantities = cell_quantities(table.type, **parts)
    bare = not any(key.startswith("Negative face layer") for key in quantities)
    if bare and table.type != "blocking":
        options.setdefault("buffer layer", "none")
    settable = [*quantities, *WINDOW] if table.type == "full" else quantities
    known = {}
    for key, text in table.values.items():
        full = full_name(key, settable, f"{where}.values")
        try:
            known[full] = parse(text, unit_of(full))
        except InputError as error:
            raise InputError(f'{where}.values."{key}": {error}') from None
    values = cell_parameters(table.type, **parts, values=known)
    if values[SHARE] == 0 and options.get("garnet permittivity") not in ("bulk", "none"):
        raise InputError(
            f"{where}: without grain boundaries their relaxation cannot be part of the cell: set "
            'options = { "garnet permittivity" = "bulk" } or "none".'
        )
    return StudyCell(name, table.type, quantities, values, options, tuple(inputs(quantities)))


def _parts(table, where):
    """Names or paths of the parameter sets that a cell of this type is made of."""
    if table.type == "blocking":
        if table.coating:
            raise InputError(f"{where}.coating: a blocking cell has no coating: remove the key.")
        return {"garnet": table.garnet}
    if not table.coating:
        raise InputError(
            f'{where}.coating is missing: name one, such as "bare", or the path of your own file.'
        )
    return {"garnet": table.garnet, "coating": table.coating, "cathode": table.cathode}
