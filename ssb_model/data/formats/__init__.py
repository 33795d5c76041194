"""One file a format: its signature, its columns, its signs. To add one, write it and list it here.

The order is that of asking: the first format whose signature is in the file reads it, and the
plain table, which any text may be, comes last.
"""

from ssb_model.data.formats import (
    arbin,
    battery_data_format,
    biologic,
    chi,
    gamry,
    land,
    neware,
    own,
    parquet,
    plain,
    powersuite,
    relaxis,
    versastudio,
    zplot,
)

FORMATS = (
    own.FORMAT,
    biologic.MPT,
    biologic.MPR,
    gamry.FORMAT,
    zplot.FORMAT,
    relaxis.FORMAT,
    versastudio.FORMAT,
    chi.FORMAT,
    powersuite.FORMAT,
    neware.NDA,
    neware.CSV,
    arbin.FORMAT,
    land.FORMAT,
    battery_data_format.FORMAT,
    parquet.FORMAT,
    plain.FORMAT,
)
