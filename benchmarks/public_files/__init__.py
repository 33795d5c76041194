"""Public spectra, read and fitted beside an independent fit."""
