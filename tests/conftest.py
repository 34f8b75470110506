"""What the tests share: where the real data lie, and how a missing client is said."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Playwright, sync_playwright

REQUIRED = bool(os.environ.get("GEO_REQUIRE_CLIENTS"))

# How long an example takes says more about the machine's other work than about the code.
settings.register_profile("geo", deadline=None, max_examples=100 if REQUIRED else 20)
settings.load_profile("geo")

# What whoever runs the tests has added to geo's words changes no result.
os.environ["GEO_VOCABULARY"] = os.devnull

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def examples(in_ci: int) -> int:
    """How many examples Hypothesis tries: so many in CI, a fifth of them in `make test`."""
    return in_ci if REQUIRED else max(in_ci // 5, 5)


def slow_but(kept: Iterable[Any], cases: Iterable[Any]) -> list[Any]:
    """Leave all cases of a test but those `kept` to CI: in `make test` one of a kind suffices."""
    left = set(kept)
    return [
        case if case in left else pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.slow)
        for case in cases
    ]


def missing(what: str) -> None:
    """Skip for want of `what`, or fail where CI says that nothing may be missing."""
    if REQUIRED:
        pytest.fail(f"{what} is missing, and GEO_REQUIRE_CLIENTS is set")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and evaluation sets, which a newcomer does not have."""
    if not SHARED.is_dir():
        missing("../shared")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium."""
    path = shutil.which("chromium")
    if path is None:
        missing("chromium")
    return str(path)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One driver for the run: a thread can hold only one."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
    yield opened
    opened.close()
