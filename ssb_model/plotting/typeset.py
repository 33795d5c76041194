"""Units as they are printed."""

import re

PRINTED = {
    "ohm": "Ω",
    "Ohm": "Ω",
    "cm2": "cm²",
    "cm3": "cm³",
    "cm4": "cm⁴",
    "degC": "°C",
    "um": "µm",
    "uS": "µS",
    "uA": "µA",
    "uF": "µF",
}
_PLAIN = re.compile(rf"\b({'|'.join(PRINTED)})\b")


def typeset(text):
    """A text with its units as they are printed.

    >>> typeset("interface resistance: 10.3 ohm cm2")
    'interface resistance: 10.3 Ω cm²'
    """
    return _PLAIN.sub(lambda found: PRINTED[found[0]], text)
