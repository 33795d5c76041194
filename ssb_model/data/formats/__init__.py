"""One file a format: its signature, its columns, its signs. To add one, write it and list it here.

The order is that of asking: the first format whose signature is in the file reads it. Binary
formats come first, for they may hold words of the others; the plain table, which any text may be,
comes last.
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
    workbook as workbook,
    zplot,
)

FORMATS = (
    biologic.MPR,
    neware.NDA,
    parquet.FORMAT,
    own.FORMAT,
    biologic.MPT,
    gamry.FORMAT,
    zplot.FORMAT,
    relaxis.FORMAT,
    versastudio.FORMAT,
    chi.FORMAT,
    powersuite.FORMAT,
    neware.CSV,
    arbin.FORMAT,
    land.FORMAT,
    battery_data_format.FORMAT,
    plain.FORMAT,
)
