"""Draw the current and potential below a point contact beside those below an even contact.

Run ``python docs/figures/contact_field.py``. The geometry is assumed.
"""

from pathlib import Path

import numpy as np
from gallery import shrink

from ssb_model.field import contact_field, disc
from ssb_model.reproduction.figures.contact_field import contact_field as draw

PICTURE = Path(__file__).with_suffix(".png")
PIXELS = (256, 256)
GARNET = {"period": 100e-6, "conductivity": 0.071, "thickness": 0.85e-3}

if __name__ == "__main__":
    bare = contact_field(disc(PIXELS, 0.01), contact_resistance=1e-5, **GARNET)
    coated = contact_field(np.ones(PIXELS), contact_resistance=5.15e-4, **GARNET)
    draw(bare, coated).savefig(PICTURE, dpi=110)
    shrink(PICTURE, PICTURE)
    print(PICTURE)
