"""Learn all models anew: `make learn`, or `python -m geo.training`.

In the order in which they build on each other: toponyms and their circles first, then what is read with them.
"""

import os
import subprocess
import sys

from geo.training import sets

STEPS = (
    ("geo.training.toponyms.recognition", str(sets.EVAL / "geoparse"), "--write"),
    ("geo.training.toponyms.ranking", str(sets.EVAL), "--write"),
    ("geo.training.toponyms.uncertainty", str(sets.EVAL), "--write"),
    ("geo.training.accuracy", "--write"),
)
# The same tables from the same input on every machine: threads of BLAS would add numbers up in another order.
ENVIRONMENT = {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def main() -> int:
    """Run every step in a process of its own, so that it reads the tables that the one before it wrote."""
    if not sets.EVAL.is_dir():
        sys.stderr.write(f"error: {sets.EVAL} is missing; the evaluation sets must lie beside the checkout.\n")
        return 1
    for number, (module, *options) in enumerate(STEPS, start=1):
        sys.stderr.write(f"learning {number} of {len(STEPS)}: {module}\n")
        command = [sys.executable, "-m", module, *options]
        code = subprocess.run(command, check=False, env=os.environ | ENVIRONMENT).returncode  # noqa: S603 -- ours
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
