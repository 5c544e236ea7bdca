"""How a check is written: a function of a case and of its own parameters, made a value by `check`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from policycheck.model.case import Case
from policycheck.model.finding import Finding
from policycheck.model.truth import Truth

Parameters = Mapping[str, Any]
Need = str | tuple[str, ...]
Needs = Sequence[Need] | Callable[[Parameters], Sequence[Need]]
CheckFunction = Callable[..., Truth | Finding]


class Check(Struct, frozen=True, kw_only=True):
    """A named question about a case.

    `needs`: facts that it reads; where one is unknown, the engine answers unknown and does not call the check. A tuple within the
    list: either will do. `parameters`: a Cerberus schema. `phrases`: the phrase lists that it reads. `refuse`: what is wrong
    with parameters that fit the schema one by one but not together, or None. `advice`: what a person can change.
    """

    name: str
    summary: str
    manual: str
    function: CheckFunction
    needs: Needs = ()
    parameters: Mapping[str, Any] = {}
    phrases: tuple[str, ...] = ()
    refuse: Callable[[Parameters], str | None] | None = None
    advice: str | None = None

    def needed(self, parameters: Parameters) -> Sequence[Need]:
        """The facts needed with these parameters."""
        return self.needs(parameters) if callable(self.needs) else self.needs

    def __call__(self, case: Case, **parameters: Any) -> Truth | Finding:
        return self.function(case, **parameters)


def check(
    name: str,
    *,
    needs: Needs = (),
    parameters: Mapping[str, Any] | None = None,
    phrases: Sequence[str] = (),
    refuse: Callable[[Parameters], str | None] | None = None,
    advice: str | None = None,
) -> Callable[[CheckFunction], Check]:
    """Make a function a check. Its docstring is the check's page in the manual: the first line is the summary.

    Raises ValueError where the function has no docstring (a check that nobody can look up is none), or `needs` is no list.
    """

    def make(function: CheckFunction) -> Check:
        if isinstance(needs, str):
            raise ValueError(f'check `{name}` needs a list of facts, not one text; write `["{needs}"]`')
        manual = inspect.getdoc(function)
        if not manual:
            raise ValueError(
                f"check `{name}` has no docstring; write its page: a summary line, what it does, why it matters"
            )
        return Check(
            name=name,
            summary=manual.partition("\n")[0],
            manual=manual,
            function=function,
            needs=needs if callable(needs) else tuple(needs),
            parameters=parameters or {},
            phrases=tuple(phrases),
            refuse=refuse,
            advice=advice,
        )

    return make
