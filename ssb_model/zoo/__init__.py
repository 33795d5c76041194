"""The cells as entries of PyBaMM's model zoo: one folder a cell, with its manifest.

A manifest (``model.toml``) is read without importing anything, so this module imports nothing. The
classes are in :mod:`ssb_model.zoo.models`.
"""
