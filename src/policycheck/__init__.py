"""policycheck: policy as code for connection invitations. This is the public API, all of it.

What stands in `__all__` keeps its meaning within a major version; everything else may change with any release.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policycheck.engine.evaluate import Tally, evaluate
    from policycheck.engine.waive import weigh_waivers
    from policycheck.errors import InputError, PluginError, PolicycheckError, PolicyError, UsageError
    from policycheck.hookspecs import hookimpl
    from policycheck.model.case import Case
    from policycheck.model.check import Check, check
    from policycheck.model.finding import Evidence, Finding
    from policycheck.model.history import History
    from policycheck.model.identity import People, company_key, company_looks, email_key, name_key, person_key
    from policycheck.model.invitation import Invitation, Message, NotJudged, Origin, Person, Unreadable
    from policycheck.model.plugin import PolicySource, Reader, Reporter, Source, ThoroughWriter, Writer
    from policycheck.model.profile import Account, Acquaintance, Contact, Profile
    from policycheck.model.verdict import ACTIONS, CheckFinding, Ledger, RuleOutcome, Run, Verdict
    from policycheck.model.waiver import Waived, Waiver
    from policycheck.policy.load import Policy, load_policy
    from policycheck.policy.waivers import load_waivers
    from policycheck.reading.accounts import read
    from policycheck.reading.decoding import StrictDecoder
    from policycheck.reading.strict_json import JsonError, json_array, json_lines, strict_loads
    from policycheck.reading.yaml_text import YamlDocument, YamlError, yaml_document
    from policycheck.text.fold import Text
    from policycheck.text.patterns import search
    from policycheck.text.phrases import Hit
    from policycheck.text.visible import visible

_HOMES = {
    "policycheck.reading.decoding": ("StrictDecoder",),
    "policycheck.engine.evaluate": ("Tally", "evaluate"),
    "policycheck.engine.waive": ("weigh_waivers",),
    "policycheck.errors": ("InputError", "PluginError", "PolicyError", "PolicycheckError", "UsageError"),
    "policycheck.hookspecs": ("hookimpl",),
    "policycheck.model.case": ("Case",),
    "policycheck.model.check": ("Check", "check"),
    "policycheck.model.finding": ("Evidence", "Finding"),
    "policycheck.model.history": ("History",),
    "policycheck.model.identity": ("People", "company_key", "company_looks", "email_key", "name_key", "person_key"),
    "policycheck.model.invitation": ("Invitation", "Message", "NotJudged", "Origin", "Person", "Unreadable"),
    "policycheck.model.plugin": ("PolicySource", "Reader", "Reporter", "Source", "ThoroughWriter", "Writer"),
    "policycheck.model.profile": ("Account", "Acquaintance", "Contact", "Profile"),
    "policycheck.model.verdict": ("ACTIONS", "CheckFinding", "Ledger", "RuleOutcome", "Run", "Verdict"),
    "policycheck.model.waiver": ("Waived", "Waiver"),
    "policycheck.policy.load": ("Policy", "load_policy"),
    "policycheck.policy.waivers": ("load_waivers",),
    "policycheck.reading.accounts": ("read",),
    "policycheck.reading.strict_json": ("JsonError", "json_array", "json_lines", "strict_loads"),
    "policycheck.reading.yaml_text": ("YamlDocument", "YamlError", "yaml_document"),
    "policycheck.text.fold": ("Text",),
    "policycheck.text.patterns": ("search",),
    "policycheck.text.phrases": ("Hit",),
    "policycheck.text.visible": ("visible",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__version__ = "0.1.0"
__all__ = [
    "ACTIONS",
    "Account",
    "Acquaintance",
    "Case",
    "Check",
    "CheckFinding",
    "Contact",
    "Evidence",
    "Finding",
    "History",
    "Hit",
    "InputError",
    "Invitation",
    "JsonError",
    "Ledger",
    "Message",
    "NotJudged",
    "Origin",
    "People",
    "Person",
    "PluginError",
    "Policy",
    "PolicyError",
    "PolicySource",
    "PolicycheckError",
    "Profile",
    "Reader",
    "Reporter",
    "RuleOutcome",
    "Run",
    "Source",
    "StrictDecoder",
    "Tally",
    "Text",
    "ThoroughWriter",
    "Unreadable",
    "UsageError",
    "Verdict",
    "Waived",
    "Waiver",
    "Writer",
    "YamlDocument",
    "YamlError",
    "__version__",
    "check",
    "company_key",
    "company_looks",
    "email_key",
    "evaluate",
    "hookimpl",
    "json_array",
    "json_lines",
    "load_policy",
    "load_waivers",
    "name_key",
    "person_key",
    "read",
    "search",
    "strict_loads",
    "visible",
    "weigh_waivers",
    "yaml_document",
]


def __getattr__(name: str) -> Any:
    """Import a public name where it is first used: ``policycheck --version`` pays for none of them."""
    if name not in _HOME:
        raise AttributeError(f"module 'policycheck' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOME[name]), name)
    return value
