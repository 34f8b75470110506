"""How quickly a GDELT export of a million rows becomes incidents, beside pandas reading the same file."""

import os
import random
import time
from pathlib import Path

import pandas as pd

import geo
from geo.tabular.gdelt import VERSION_2

ROWS = max(int(n) for n in os.environ.get("GEO_BENCH_ROWS", "10000").split(","))


def test_gdelt_beside_pandas(tmp_path: Path) -> None:
    rng = random.Random(1)  # noqa: S311 - no secret
    path = tmp_path / "x.export.CSV"
    with path.open("w", encoding="utf-8") as file:
        for n in range(ROWS):
            told = {"GLOBALEVENTID": str(n), "SQLDATE": "20240818", "MonthYear": "202408", "Year": "2024"}
            told |= {"EventCode": rng.choice(["010", "043", "051", "173", "190"]), "ActionGeo_Type": "4"}
            told |= {
                "ActionGeo_FullName": "Goma, Nord-Kivu, Congo",
                "ActionGeo_Lat": "-1.68",
                "ActionGeo_Long": "29.22",
            }
            file.write("\t".join(told.get(name, "") for name in VERSION_2) + "\n")
    begun = time.process_time()
    assert len(pd.read_csv(path, sep="\t", header=None, low_memory=False)) == ROWS
    middle = time.process_time()
    assert len(geo.read_layer(path)) > 0
    ours, theirs = time.process_time() - middle, middle - begun
    print(f"\n{ROWS:,} rows of GDELT: {ours:.2f} s as incidents, {theirs:.2f} s in pandas, ratio {ours / theirs:.2f}")
