"""Run `geo` as a command line does: in this process, or in one of its own where the process is what is tested."""

import contextlib
import io
import os
import subprocess
import sys
import traceback
from pathlib import Path
from unittest import mock

from geo import cli

ROOT = Path(__file__).resolve().parent.parent


def start_geo(*arguments: str | Path, stdin: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own: seconds of imports."""
    return subprocess.run(
        [sys.executable, "-m", "geo.cli", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=300,
        check=False,
    )


def geo(*arguments: str | Path, stdin: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command in this process, with streams, folder and environment of its own."""
    words = list(map(str, arguments))
    given, out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(3))
    given.write(stdin)
    given.seek(0)
    streams = {"stdin": given, "stdout": out, "stderr": err, "argv": ["geo", *words]}
    with mock.patch.multiple(sys, **streams), contextlib.chdir(cwd or Path.cwd()), mock.patch.dict(os.environ):
        status = _status()
    shown = (str(stream.buffer.getvalue(), "utf-8") for stream in (out, err))
    return subprocess.CompletedProcess(["geo", *words], status, *shown)


def _status() -> int:
    """Run the command line; an exception is shown as the interpreter shows it at its end."""
    try:
        cli.main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except Exception:  # noqa: BLE001
        traceback.print_exc()
        return 1
    return 0
