"""The columns of tables of people, as data: our own, and those that outreach tools and address books export."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from policycheck import Person

from ._record import Record

Columns = dict[str, tuple[str, ...]]
"""By field of a record, the columns that may hold it; the first that is filled counts.

`first_name` and `last_name` make a name where none is given, `city`, `region` and `country` a location. `#` stands for 1 to 9.
"""


class Tool(Struct, frozen=True, kw_only=True):
    """What a tool writes: a header with all columns of one of `marks` is its own. `name` is its reader's.

    `stage` is what its people are to us: whom we would invite, or None for an address book. `others` are columns that are called
    as one of ours is and mean something else. Beside its own columns each table may have ours.
    """

    name: str
    title: str
    source: str
    """Where the facts about its header are from."""
    marks: tuple[tuple[str, ...], ...]
    columns: Columns
    stage: Literal["outgoing"] | None = "outgoing"
    others: tuple[str, ...] = ()


OWN: Columns = {
    **{name: (name,) for name in Record.__struct_fields__ if name not in {"person", "messages"}},
    **{f"person.{name}": (name, f"person.{name}") for name in Person.__struct_fields__},
}
"""The fields of a record, whose names are columns in any spelling of capitals, spaces and underscores."""

USUAL: Columns = {
    "note": ("Message", "Connection Note"),
    "person.name": ("Full Name",),
    "first_name": ("First Name",),
    "last_name": ("Last Name",),
    "person.profile_url": (
        "LinkedIn URL",
        "LinkedIn Profile URL",
        "LinkedIn Profile",
        "LinkedIn",
        "Person LinkedIn URL",
    ),
    "person.company": ("Company Name", "Organization"),
    "person.position": ("Title", "Job Title"),
    "person.email": ("Email Address", "E-mail", "E-mail Address"),
    "city": ("City",),
    "region": ("State", "Region"),
    "country": ("Country",),
}
"""What people call the same in lists of their own."""

_APOLLO = Tool(
    name="apollo",
    title="Apollo",
    source="header of its export of people, as public importers of it have it in their tests (2024 to 2026)",
    marks=(("First Name", "Last Name", "Person Linkedin Url"),),
    columns={
        "id": ("Apollo Contact Id",),
        "first_name": ("First Name",),
        "last_name": ("Last Name",),
        "person.profile_url": ("Person Linkedin Url",),
        "person.company": ("Company", "Company Name"),
        "person.position": ("Title",),
        "city": ("City",),
        "region": ("State",),
        "country": ("Country",),
    },
    others=("Stage",),
)

_PHANTOMBUSTER = Tool(
    name="phantombuster",
    title="PhantomBuster (Sales Navigator search)",
    source="header of its result.csv, as public code that reads or rebuilds it has it (2023 to 2026)",
    marks=(("profileUrl", "fullName", "linkedInProfileUrl"), ("profileUrl", "fullName", "defaultProfileUrl")),
    columns={
        "person.name": ("fullName",),
        "first_name": ("firstName",),
        "last_name": ("lastName",),
        "person.profile_url": ("linkedInProfileUrl", "defaultProfileUrl", "profileUrl"),
        "person.company": ("companyName",),
        "person.position": ("title",),
        "person.mutual_connections": ("sharedConnectionsCount",),
    },
)

_EDGES = Tool(
    name="edges",
    title="edges.run",
    source="fields of its action linkedin-extract-people, documented at docs.edges.run (2026)",
    marks=(("linkedin_profile_url", "full_name"), ("linkedin_profile_url", "first_name", "last_name")),
    columns={
        "person.name": ("full_name",),
        "first_name": ("first_name",),
        "last_name": ("last_name",),
        "person.profile_url": ("linkedin_profile_url",),
        "person.company": ("company_name",),
        "person.position": ("job_title",),
        "person.connections": ("number_connections",),
    },
)

_HUBSPOT = Tool(
    name="hubspot",
    title="HubSpot",
    source="header of its export of contacts, as public importers of it have it in their tests (2024 to 2026)",
    marks=(("Record ID", "First Name", "Last Name"), ("Record ID - Contact", "First Name", "Last Name")),
    columns={
        "id": ("Record ID", "Record ID - Contact"),
        "first_name": ("First Name",),
        "last_name": ("Last Name",),
        "person.profile_url": ("LinkedIn URL",),
        "person.company": ("Company Name", "Associated Company"),
        "person.position": ("Job Title",),
        "city": ("City",),
        "region": ("State/Region",),
        "country": ("Country/Region",),
    },
)

_LEMLIST = Tool(
    name="lemlist",
    title="lemlist",
    source="fields of a lead, documented at developer.lemlist.com (2026)",
    marks=(("firstName", "linkedinUrl", "icebreaker"), ("firstName", "linkedinUrl", "campaignName")),
    columns={
        "id": ("_id",),
        "first_name": ("firstName",),
        "last_name": ("lastName",),
        "person.profile_url": ("linkedinUrl",),
        "person.company": ("companyName",),
        "person.position": ("jobTitle",),
    },
)

_GOOGLE = Tool(
    name="google-contacts",
    title="Google Contacts",
    source="header of its Google CSV, the present one and the one until 2024, as public tests and converters have it",
    marks=(("First Name", "Last Name", "Labels"), ("Given Name", "Family Name", "Group Membership")),
    columns={
        "person.name": ("Name",),
        "first_name": ("First Name", "Given Name"),
        "last_name": ("Last Name", "Family Name"),
        "person.email": ("E-mail # - Value",),
        "person.profile_url": ("Website # - Value",),
    },
    stage=None,
)

_OUTLOOK = Tool(
    name="outlook-contacts",
    title="Outlook",
    source="header of its export of contacts as CSV, as public tests and converters have it",
    marks=(
        ("First Name", "Last Name", "E-mail Address", "Suffix"),
        ("First Name", "Last Name", "E-mail Address", "Web Page"),
    ),
    columns={
        "first_name": ("First Name",),
        "last_name": ("Last Name",),
        "person.email": ("E-mail Address", "E-mail # Address"),
        "person.profile_url": ("Web Page", "Personal Web Page"),
    },
    stage=None,
)

TOOLS = (_APOLLO, _EDGES, _GOOGLE, _HUBSPOT, _LEMLIST, _OUTLOOK, _PHANTOMBUSTER)
