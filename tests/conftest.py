"""Settings for all tests."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# No deadline: these machines are shared, and no test may fail for being slow. Always the same examples:
# a run can be repeated.
settings.register_profile(
    "policycheck", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("policycheck")
