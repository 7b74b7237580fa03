"""How long a run of requests may last, and how often what failed is tried again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """The bounds of a run; in seconds where it is time.

    ``seconds`` is for one request (None: as the engine has it), ``total`` for the run;
    ``attempts`` how often a request is made, ``failures`` how many of them may fail for good one
    after the other, ``hopeless`` how many answers in a row may be no translation; ``longest_wait``
    what a service may ask for. Clock, sleep and chance are passed in so that tests do not wait.
    """

    seconds: float | None = None
    total: float = 7200.0
    attempts: int = 3
    failures: int = 5
    hopeless: int = 20
    longest_wait: float = 60.0
    first_wait: float = 1.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
