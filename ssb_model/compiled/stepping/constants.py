"""Numbers of steps, of their control and of events, for plain JAX and the C core alike."""

RESIDUAL = 1e-8  # of a row's coefficients times the largest unknown
SHIFT = 1e12  # M/delta - J with a tiny delta holds the differential states where they are
TRIES = 60  # of a search for consistent states
CLOSE = 1e-8  # a correction so much smaller than the state (or one) ends it
SHORTEST = 1e-6  # share of a correction below which nothing is found on its way

MIN_FACTOR, MAX_FACTOR, SAFETY = 1 / 5, 6.0, 0.9  # from one step size to the next
PROGRESS = 1e-6  # of a step by which a landing that was missed must be shorter, else it is halved
SMALLEST = 1e-14  # of the time: a step so small has failed

ITERATIONS = 14  # of a search for an event within a step
LEAST = 1e-9  # of a step; no shorter one is tried
NEAR = 0.02  # of a usual step: an event so close is worth a look
LANDED = 1e-3  # of a usual step: so far Newton's iteration is exact
LEFT = 1e-4  # of Newton's iteration in time, that it may miss the event by
NARROW = 1e-14  # of the time: an event between two times so close is there, if it jumps or not
PROBE = 1e-3  # of a step, ahead of an event: how fast things move there

SAME = 1e-9  # of a period: an output so close to a segment's end is the one at its end
