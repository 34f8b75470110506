"""Make as many incidents as a benchmark needs, alike in shape to real ones.

Places lie in clusters (a few cities take most of it, as in any war), days run over five years,
counts are often missing, and each incident quotes one sentence of about 120 characters. The same
seed gives the same frame. Everything is drawn in whole columns: a million rows take a few seconds.
"""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from geo.incidents import LayerFrame
from geo.vocabulary import CRS, EVENT_TYPE_OF, SUB_EVENT_TYPES

FIRST_DAY = date(2018, 1, 1)
N_DAYS = 5 * 365 + 1
N_PLACES = 400
ACTORS = (
    "Islamic State",
    "Iraqi Army",
    "Kata'ib Hizballah",
    "US forces",
    "Syrian Army",
    "rebels",
    "قوات الأمن",
    "PKK",
)
WEAPONS = ("Katyusha rocket", 'drone "Shahed"', "car bomb", "mortar", "IED", "AK-47")
COUNTRIES = (("Iraq", "IQ"), ("Syria", "SY"), ("Türkiye", "TR"), ("Yemen", "YE"), ("Libya", "LY"))
STATUSES = ("reported", "claimed", "alleged", "denied")


def _pick(rng: np.random.Generator, values: tuple[str, ...], n: int, *, missing: float = 0.0) -> pd.Series:
    """Draw one of `values` for each row, and nothing for the share `missing` of them."""
    codes = rng.integers(0, len(values), n)
    array = pa.DictionaryArray.from_arrays(
        pa.array(codes, pa.int32(), mask=rng.random(n) < missing), pa.array(values, pa.large_string())
    ).cast(pa.large_string())
    return _text(array)


def _text(array: pa.Array) -> pd.Series:
    return pd.Series(pd.array(array, dtype="str"))


def _counts(rng: np.random.Generator, n: int, *, missing: float) -> pd.Series:
    return pd.Series(pd.array(rng.geometric(0.25, n) - 1, dtype="Int64")).mask(rng.random(n) < missing)


def _days(numbers: np.ndarray, absent: np.ndarray) -> pd.Series:
    days = (np.datetime64(FIRST_DAY) + numbers.astype("timedelta64[D]")).astype("datetime64[s]")
    return pd.Series(days).mask(absent)


def _evidence(rng: np.random.Generator, reports: list[str], wounded: np.ndarray, places: list[str]) -> list[list[dict]]:
    starts = rng.integers(0, 4000, len(reports)).tolist()
    actors = np.array(ACTORS, dtype=object)[rng.integers(0, len(ACTORS), len(reports))].tolist()
    texts = [
        f'A police officer said that {actor} fired on a convoy near "{place}" at dawn, and that {hurt} people were taken to hospital.'
        for actor, place, hurt in zip(actors, places, wounded.tolist(), strict=True)
    ]
    return [
        [{"report_id": report, "start": start, "end": start + len(text), "text": text}]
        for report, start, text in zip(reports, starts, texts, strict=True)
    ]


def make_incidents(n: int, *, seed: int = 20200313) -> gpd.GeoDataFrame:
    """Make `n` incidents with the columns and types of the contract, in EPSG:4326.

    Args:
        n: How many rows.
        seed: Of the random generator; one seed, one frame.
    """
    rng = np.random.default_rng(seed)
    centres = np.column_stack([rng.normal(43, 6, N_PLACES), rng.normal(34, 3, N_PLACES)])
    place = (rng.zipf(1.3, n) - 1) % N_PLACES
    lon_lat = centres[place] + rng.normal(0, 0.02, (n, 2))
    country = place % len(COUNTRIES)
    sub_types = np.array(SUB_EVENT_TYPES, dtype=object)[rng.integers(0, len(SUB_EVENT_TYPES), n)]
    first = rng.integers(0, N_DAYS, n)
    undated = rng.random(n) < 0.03
    unplaced = rng.random(n) < 0.02
    killed, wounded = _counts(rng, n, missing=0.5), rng.geometric(0.1, n)
    ids = [f"i{number:012x}" for number in rng.permutation(n).tolist()]
    reports = [f"report-{number:06d}" for number in rng.integers(0, max(1, n // 3), n).tolist()]
    names = [f"Place {number:03d}" for number in place.tolist()]
    answers = rng.random(n) < 0.01
    columns = {
        "incident_id": pd.Series(ids, dtype="str"),
        "report_ids": pd.Series([[report] for report in reports], dtype=object),
        "event_type": pd.Series(pd.Series(sub_types).map(EVENT_TYPE_OF), dtype="str"),
        "sub_event_type": pd.Series(sub_types, dtype="str"),
        "date_start": _days(first, undated),
        "date_end": _days(first + np.where(rng.random(n) < 0.2, 6, 0), undated),
        "date_precision": pd.Series(np.where(undated, "unknown", "day"), dtype="str"),
        "place_name": pd.Series(names, dtype="str").mask(unplaced),
        "place_id": pd.Series([f"geonames:{90000 + number}" for number in place.tolist()], dtype="str").mask(unplaced),
        "place_text": pd.Series([f"the outskirts of {name}" for name in names], dtype="str").mask(unplaced),
        "country": pd.Series(np.array([name for name, _ in COUNTRIES], dtype=object)[country], dtype="str"),
        "country_code": pd.Series(np.array([code for _, code in COUNTRIES], dtype=object)[country], dtype="str"),
        "admin1": pd.Series([f"Province {number % 40}" for number in place.tolist()], dtype="str"),
        "geo_precision": pd.Series(np.where(unplaced, "unknown", "settlement"), dtype="str"),
        "uncertainty_m": pd.Series(np.round(rng.lognormal(8, 1, n), 1)).mask(unplaced),
        "actor1": _pick(rng, ACTORS, n, missing=0.3),
        "actor2": _pick(rng, ACTORS, n, missing=0.5),
        "killed_min": killed,
        "killed_max": killed,
        "wounded_min": pd.Series(pd.array(wounded, dtype="Int64")),
        "wounded_max": pd.Series(pd.array(wounded + 2, dtype="Int64")).mask(rng.random(n) < 0.9),
        "event_count_min": _counts(rng, n, missing=0.98),
        "weapon": _pick(rng, WEAPONS, n, missing=0.4),
        "status": _pick(rng, STATUSES, n),
        "attribution": _pick(rng, ("police", "Syrian Observatory for Human Rights", "CENTCOM"), n, missing=0.6),
        "in_response_to": pd.Series(
            [[ids[row - 1]] if row and is_answer else [] for row, is_answer in enumerate(answers.tolist())],
            dtype=object,
        ),
        "evidence": pd.Series(_evidence(rng, reports, wounded, names), dtype=object),
        "confidence": np.round(rng.beta(5, 2, n), 3),
    }
    points = shapely.points(np.round(lon_lat, 6))
    points[unplaced] = None
    # The contract has the point between uncertainty_m and actor1; GeoPandas keeps that order.
    frame = pd.DataFrame(columns)
    frame.insert(frame.columns.get_loc("actor1"), "geometry", points)
    return LayerFrame(frame, geometry="geometry", crs=CRS)
