"""Show how the time that odd texts take grows with their size: pytest -s tests/benchmarks/test_odd_texts.py."""

import time

from geo.extraction import extract_report
from geo.report import Report
from tests.odd_texts import ODD_TEXTS, repeated

SIZES = (10_000, 20_000, 40_000)  # characters
MOST_GROWTH = 3.0  # for twice the text, in one run; 4 is the second power


def test_time_grows_with_the_text() -> None:
    print(f"\n{'seconds of this process for':28}" + "".join(f"{size // 1000:6} KB" for size in SIZES))
    for name, text in ODD_TEXTS.items():
        extract_report(Report(id="tables", text=repeated(text, 1_000)))
        seconds = []
        for size in SIZES:
            report, start = Report(id="long", text=repeated(text, size)), time.process_time()
            extract_report(report)
            seconds.append(time.process_time() - start)
        print(f"{name:28}" + "".join(f"{second:9.2f}" for second in seconds))
        assert seconds[2] < MOST_GROWTH * max(seconds[1], 0.1), name
