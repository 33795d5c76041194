"""A fit of six discharges beside PyBOP: ``python -m benchmarks.pybop``.

``problem.py`` is what both codes are given; ``ours.py`` and ``peer.py`` solve it, the latter in
an environment of PyBOP's own (``environment.py``); ``race.py`` says what counts as done.
"""
