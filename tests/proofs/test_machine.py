"""Every way that stock can go, in any order, beside a plain model: they agree at every step.

`HYPOTHESIS_PROFILE=thorough` looks longer.
"""

import os
from typing import Any

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.proofs.machine import FoodBankMachine

PROFILES = {
    "quick": settings(max_examples=40, stateful_step_count=50, deadline=None),
    "thorough": settings(max_examples=1000, stateful_step_count=80, deadline=None),
}


def test_the_program_agrees_with_a_plain_model(template: Any) -> None:
    def machine() -> FoodBankMachine:
        return FoodBankMachine(template)

    profile = PROFILES[os.environ.get("HYPOTHESIS_PROFILE", "quick")]
    run_state_machine_as_test(machine, settings=profile)  # type: ignore[arg-type]  # a maker serves
