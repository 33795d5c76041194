"""What ends a sweep that was in order: a full disk, a lost scheduler."""


class SweepStopped(RuntimeError):
    """A sweep that could not go on, in one sentence; its whole chunks stay."""
