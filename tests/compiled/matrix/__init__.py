"""PyBaMM's models, options, parameter sets and protocols, each beside IDAKLU."""
