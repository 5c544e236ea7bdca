"""Settings for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# No deadline: these machines are shared, and no test may fail for being slow. Always the same examples:
# a run can be repeated.
settings.register_profile(
    "policycheck", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("policycheck")


@pytest.fixture(autouse=True, scope="session")
def _no_settings_of_the_developer() -> Iterator[None]:
    """Variables that are set where the tests run must not change what the commands do."""
    with pytest.MonkeyPatch.context() as patched:
        for name in [name for name in os.environ if name.startswith("POLICYCHECK_")]:
            patched.delenv(name)
        yield
