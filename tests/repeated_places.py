"""Incidents whose actors and targets name the place, or a part of it: what a headline says once."""

import geopandas as gpd

# place_name, geo_precision, admin1, actor1, actor2; and what the English headline says of them after the deed.
REPEATS = (
    ("US Embassy Baghdad", "site", "Baghdad", None, "outer grounds of the US Embassy",
     "on outer grounds of the US Embassy in Baghdad"),
    ("US Embassy Baghdad", "site", "Baghdad", None, "US Embassy in Baghdad", "on US Embassy Baghdad"),
    ("US Embassy Baghdad", "site", "Baghdad", None, "US Embassy", "on US Embassy Baghdad"),
    ("Baghdad airport", "site", "Baghdad", None, "US forces in Baghdad", "on US forces at Baghdad airport"),
    ("Baghdad airport", "site", "Baghdad", None, "airport", "on Baghdad airport"),
    ("Baghdad airport", "near", "Baghdad", None, "airport", "on airport near Baghdad airport"),
    ("Dayah Hotel", "settlement", "Banaadir", "Al Shabaab", "Dayah Hotel; guests; guards",
     "by Al Shabaab on Dayah Hotel and others"),
    ("Njaba", "admin", "Borno", "Boko Haram", "community of Njaba", "by Boko Haram on community of Njaba"),
    ("West Bank", "region", None, "Israel", "West Bank; posts", "by Israel on the West Bank and posts"),
    ("Iraq", "country", None, "Iraq", "Iraqi troops", "by Iraq on Iraqi troops somewhere in Iraq"),
    ("Iraq", "country", None, None, "Iraq", "on Iraq"),
    ("Al Qā’im", "settlement", "Anbar", "militants in the Al Qaim", "posts near Al Qā’im",
     "by militants on posts in Al Qaim"),
    ("Mosul", "settlement", "Nineveh", None, "soldiers in Tikrit", "on soldiers in Tikrit in Mosul"),
    ("north of Baghdad", "near", None, "United States", "posts", "by the United States on posts north of Baghdad"),
    ("Sadr City", "settlement", "Baghdad", None, "Sadr", "on Sadr in Sadr City"),
    ("Erbil", "settlement", "Erbil", None, "Erbil", "on Erbil"),
)  # fmt: skip


def with_repeats(incidents: gpd.GeoDataFrame, first: int) -> gpd.GeoDataFrame:
    """Write these places and names over the rows from one on.

    Args:
        incidents: Of the contract, with at least `first` + 16 rows.
        first: Which row.
    """
    changed = incidents.copy()
    columns = ["place_name", "geo_precision", "admin1", "actor1", "actor2"]
    for row, (*cells, _) in enumerate(REPEATS, start=first):
        changed.loc[changed.index[row], columns] = cells
        changed.loc[changed.index[row], "sub_event_type"] = "Attack"
        changed.loc[changed.index[row], "event_type"] = "Violence against civilians"
    return changed
