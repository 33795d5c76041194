"""What the cells offer: their options, and the values of each."""

from ssb_model.library import CATHODE_OPTIONS, REPLACED

#: option -> values, the default first
CELL_OPTIONS: dict[str, tuple[str, ...]] = {
    "interface": ("mechanisms", "one arc", "two arcs"),
    "buffer layer": ("mixed conductor", "alloy", "none"),
    "coverage": ("complete", "partial", "pinholes"),
    "interface growth": REPLACED["interface growth"],
    "double layer": ("capacitor", "constant phase"),
    "garnet permittivity": ("grain boundary", "bulk and grain boundary", "bulk", "none"),
    "garnet relaxation": ("capacitor", "constant phase"),
    "garnet activation": ("common", "bulk and grain boundary"),
    "leads": ("none", "series"),
    "layer permittivity": ("none", "dielectric"),
    "layer dissolution": ("none", "into lithium"),
    "lithium below layer": ("none", "plated"),
    "surface skin": REPLACED["surface skin"],
    "contact gap": ("none", "capacitance"),
    "contact closure": ("none", "pressure"),
    "contact loss": REPLACED["contact loss"],
    "short circuit": ("none", "critical current"),
    "critical current temperature": ("activation energy", "resistance"),
}
#: Of the full cell: what is not PyBaMM's own.
FULL_OPTIONS: dict[str, tuple[str, ...]] = CELL_OPTIONS | {
    name: CATHODE_OPTIONS[name] for name in ("catholyte", "thermal", "lithium inventory")
}
#: The same of the blocking cell, whose faces have nothing but a double layer.
BLOCKING_OPTIONS: dict[str, tuple[str, ...]] = {
    "double layer": ("capacitor", "constant phase"),
    "garnet permittivity": ("bulk and grain boundary", "grain boundary", "bulk", "none"),
    "garnet relaxation": ("capacitor", "constant phase"),
    "garnet activation": ("common", "bulk and grain boundary"),
    "leads": ("none", "series"),
    "electronic conduction": ("none", "parallel"),
}
