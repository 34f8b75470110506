"""How much memory a folder of incidents takes to write and to read, at one size and at ten times that size.

Each task runs in a process of its own; its peak is that of the whole process. GEO_BENCH_PIECES says the sizes
(100000,1000000). Run: pytest -s tests/benchmarks/test_folders.py
"""

import os
import random
import subprocess
import sys
from pathlib import Path

SIZES = tuple(int(n) for n in os.environ.get("GEO_BENCH_PIECES", "100000,1000000").split(","))
HEADER = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,inter1,actor2,inter2,iso,country,admin1,"
    "admin2,location,latitude,longitude,geo_precision,source,notes,fatalities,timestamp"
)
PLACES = (
    ("368,Iraq,Baghdad", 33.3, 44.4),
    ("760,Syria,Aleppo", 36.2, 37.1),
    ("566,Nigeria,Borno", 11.8, 13.1),
    ("104,Myanmar,Sagaing", 21.9, 95.9),
)
MOST = 2.0  # times the memory for ten times the rows; whole in memory it would be five times


def line(n: int, rng: random.Random) -> str:
    country, lat, lon = PLACES[rng.randrange(4)]
    where = f"D{n % 30},Town {n % 400},{lat + rng.random():.4f},{lon + rng.random():.4f},{1 + n % 3}"
    notes = (
        f'"On a day, soldiers clashed with rebels near town {n % 400}. {n % 7} people were killed, and houses burnt."'
    )
    return (
        f"XXX{n},{2015 + n % 9}-03-{1 + n % 28:02d},1,Battles,Armed clash,Military Forces,1,Rebels {n % 50},2,"
        f"{country},{where},AP,{notes},{n % 7},{1_600_000_000 + n}"
    )


def peak_mb(*args: str) -> float:
    """Run `geo` and give the peak of its memory."""
    script = (
        "import resource, sys\nfrom geo.cli import app\nsys.argv[0] = 'geo'\n"
        "try:\n    app()\nfinally:\n    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", script, *args], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def test_memory_of_a_folder(tmp_path: Path) -> None:
    peaks: dict[str, list[float]] = {}
    for size in SIZES:
        rng = random.Random(1)  # noqa: S311 - no secret
        table, folder = tmp_path / f"{size}.csv", f"{tmp_path}/{size}/"
        with table.open("w", encoding="utf-8") as file:
            file.write(f"{HEADER}\n")
            file.writelines(f"{line(n, rng)}\n" for n in range(size))
        tasks = {
            "table to folder": ("convert", str(table), folder),
            "folder to folder": ("convert", folder, f"{tmp_path}/{size}b/"),
            "one country and year of it": (
                "convert", folder, f"{tmp_path}/{size}c/", "--where", "country_code == 'IQ' and date == 2020",
            ),
            "whole, to one file": ("convert", str(table), f"{tmp_path}/{size}.parquet"),
        }  # fmt: skip
        for name, args in tasks.items():
            peaks.setdefault(name, []).append(peak_mb(*args))
    print(f"\npeak memory of the process (MB) at {' and '.join(f'{size:,}' for size in SIZES)} rows")
    for name, found in peaks.items():
        print(f"  {name:30s}" + "".join(f"{mb:8.0f}" for mb in found))
    for name in ("table to folder", "folder to folder", "one country and year of it"):
        assert peaks[name][-1] < MOST * peaks[name][0]
