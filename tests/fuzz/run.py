"""The longer run: `make fuzz` breaks so many files for every reader and says what came of them."""

import argparse
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.fuzz.readers import Tally, broken, readers, try_one

SHOWN = 5


def main() -> int:
    """Break files until the number or the time is reached; status 1 where something was found."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--files", type=int, default=100_000, help="in all")
    ask.add_argument("--minutes", type=float, default=30)
    ask.add_argument("--seed", type=int, default=20200313)
    ask.add_argument("--only", default="")
    said = ask.parse_args()
    chosen = [reader for reader in readers() if said.only in reader.name]
    ends = time.monotonic() + 60 * said.minutes
    found = 0
    total = 0
    for n, reader in enumerate(chosen):
        tally, dice = Tally(), random.Random(f"{said.seed} {reader.name}")  # noqa: S311 - no secrets
        until = time.monotonic() + (ends - time.monotonic()) / (len(chosen) - n)
        with TemporaryDirectory() as folder:
            while tally.tried < said.files / len(chosen) and time.monotonic() < until:
                try_one(reader, broken(reader, dice), Path(folder), tally)
        print(
            f"{reader.name:18} {tally.tried:7,} tried {tally.refused:7,} refused {tally.warned:7,} warned {len(tally.faults):4} faults",
            flush=True,
        )
        for fault in tally.faults[:SHOWN]:
            print(f"    {fault}", flush=True)
        found += len(tally.faults)
        total += tally.tried
    print(f"{total:,} broken files, {found} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
