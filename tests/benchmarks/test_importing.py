"""How quickly a GDELT export of a million rows becomes incidents, beside pandas reading the same file."""

import os
import random
import time
from pathlib import Path

import pandas as pd

import geo
from geo.tabular.gdelt import VERSION_2

ROWS = max(int(n) for n in os.environ.get("GEO_BENCH_ROWS", "10000").split(","))


TOWNS = (
    ("Goma, Nord-Kivu, Congo", "CG", "CG11", "-1.68", "29.22"),
    ("Gao, Gao, Mali", "ML", "ML09", "16.27", "-0.04"),
    ("Basra, Al Basrah, Iraq", "IZ", "IZ02", "30.49", "47.82"),
)
TALK = ("010", "020", "036", "040", "042", "043", "051", "061", "084", "111", "112", "130", "170", "173")
VIOLENCE = ("141", "145", "183", "190", "193", "195")


def line(n: int, rng: random.Random) -> str:
    """A row with its sixty cells filled as GDELT fills them; one in eight is an incident."""
    code = rng.choice(VIOLENCE) if n % 8 == 0 else rng.choice(TALK)
    cells = {"GLOBALEVENTID": str(1_190_000_000 + n), "SQLDATE": "20240818", "MonthYear": "202408", "Year": "2024"}
    cells |= {"FractionDate": "2024.6247", "EventCode": code, "EventBaseCode": code[:3], "EventRootCode": code[:2]}
    cells |= {"IsRootEvent": "1", "QuadClass": "4", "GoldsteinScale": "-10.0", "NumMentions": str(n % 20)}
    cells |= {"NumSources": "1", "NumArticles": "10", "AvgTone": f"-{rng.random() * 9:.14f}"}
    for who in ("Actor1", "Actor2"):
        named = {"Code": "COD", "Name": "POLICE", "CountryCode": "COD", "Type1Code": "COP"}
        cells |= {f"{who}{part}": cell for part, cell in named.items()}
    for who in ("Actor1Geo", "Actor2Geo", "ActionGeo"):
        name, country, province, lat, lon = TOWNS[rng.randrange(3)]
        place = {"Type": "4", "FullName": name, "CountryCode": country, "ADM1Code": province, "ADM2Code": "101"}
        place |= {"Lat": lat, "Long": lon, "FeatureID": "-2059217"}
        cells |= {f"{who}_{part}": cell for part, cell in place.items()}
    address = f"https://www.example{n % 900}.org/world/2024/08/18/{rng.getrandbits(64):x}/soldiers-and-rebels-{n}"
    cells |= {"DATEADDED": "20240819130000", "SOURCEURL": address}
    return "\t".join(cells.get(name, "") for name in VERSION_2)


def test_gdelt_beside_pandas(tmp_path: Path) -> None:
    rng = random.Random(1)  # noqa: S311 - no secret
    path = tmp_path / "x.export.CSV"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line(n, rng)}\n" for n in range(ROWS))
    begun = time.process_time()
    assert len(pd.read_csv(path, sep="\t", header=None, low_memory=False)) == ROWS
    middle = time.process_time()
    assert len(geo.read_layer(path)) == ROWS // 8
    ours, theirs = time.process_time() - middle, middle - begun
    print(f"\n{ROWS:,} rows of GDELT: {ours:.2f} s as incidents, {theirs:.2f} s in pandas, ratio {ours / theirs:.2f}")
