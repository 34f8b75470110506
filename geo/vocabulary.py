"""Name the terms in which incidents are described.

Event and sub-event types: ACLED Codebook (2023), https://acleddata.com/knowledge-base/codebook/.
The order within a tuple is the order in legends.
"""

from typing import Final

EVENT_TYPES: Final[dict[str, tuple[str, ...]]] = {
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Explosions/Remote violence": (
        "Air/drone strike",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Suicide bomb",
        "Grenade",
        "Chemical weapon",
    ),
    "Violence against civilians": ("Attack", "Abduction/forced disappearance", "Sexual violence"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Protests": ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    "Strategic developments": (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
}

EVENT_TYPE_OF: Final[dict[str, str]] = {sub: event for event, subs in EVENT_TYPES.items() for sub in subs}
SUB_EVENT_TYPES: Final[tuple[str, ...]] = tuple(EVENT_TYPE_OF)
CROWDS: Final = frozenset({"Protests", "Riots"})  # event types of which a crowd is the subject

# From the surest to the least sure; the last two have not happened.
STATUSES: Final = ("reported", "claimed", "alleged", "denied", "planned", "threatened")
NOT_HAPPENED: Final = frozenset({"planned", "threatened"})

DATE_PRECISIONS: Final = ("day", "week", "month", "season", "year", "range", "unknown")

# site: a building or base; near: beside or in some direction from a place; settlement: a town;
# admin: a district or province; region: an informal area ("northern Iraq").
GEO_PRECISIONS: Final = ("site", "near", "settlement", "admin", "region", "country", "unknown")

CRS: Final = "EPSG:4326"
