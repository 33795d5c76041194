"""The cells in plain PyBaMM, against physics on paper."""
