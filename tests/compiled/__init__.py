"""The compiled path, against PyBaMM, scipy and JAX."""
