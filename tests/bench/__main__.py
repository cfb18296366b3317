"""`make bench`: runs every benchmark, prints one table, writes build/bench.json.

    python -m tests.bench [--quick] [store] [window] [turns] [timeline] [analysis]

Each module here has ``run(quick) -> list[dict]``; a row has `area`, `what`, whatever was measured, and often a
`goal` and whether it was reached (`ok`). What counts are the ratios within one run: machines differ.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import os
import platform
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]

MODULES = ("store", "window", "turns", "timeline", "analysis")
TARGET = Path(__file__).resolve().parents[2] / "build" / "bench.json"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure, print a table.")
    parser.add_argument(
        "modules", nargs="*", metavar="MODULE", help="store, window, turns, timeline, analysis; all without"
    )
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    options = parser.parse_args(arguments)
    for name in options.modules:
        if name not in MODULES:
            parser.error(f"there is no benchmark {name}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    application = QApplication(["bench"])  # one for all: a second, of another kind, could not be made

    rows: list[Row] = []
    for name in options.modules or MODULES:
        if importlib.util.find_spec(f"tests.bench.{name}") is None:
            print(f"{name}: not measured yet", file=sys.stderr)
            continue
        start = time.perf_counter()
        new = importlib.import_module(f"tests.bench.{name}").run(options.quick)
        rows += new
        print("\n".join(table(new)), f"({time.perf_counter() - start:.0f} s)\n", sep="\n", flush=True)
    write(rows, quick=options.quick)
    missed = [f"{row['area']}: {row['what']}" for row in rows if row.get("ok") is False]
    print(f"Goals missed: {'; '.join(missed)}" if missed else "Every goal was reached.")
    del application
    print(f"Written to {TARGET.relative_to(Path.cwd()) if TARGET.is_relative_to(Path.cwd()) else TARGET}")
    return 0


def table(rows: Sequence[Row]) -> list[str]:
    """Return lines: a heading, then a line a row; numbers to the right, words to the left."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[name.replace("_", " ") for name in names]]
    cells += [[word(row.get(name)) for name in names] for row in rows]
    numbers = [
        all(isinstance(row.get(name), int | float | None) and not isinstance(row.get(name), bool) for row in rows)
        for name in names
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(len(names))]
    lines = [
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numbers, strict=True)
        ).rstrip()
        for line in cells
    ]
    return [lines[0], "-" * max(map(len, lines)), *lines[1:]]


def word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "NO"
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".") if abs(value) < 100 else f"{value:,.0f}"
    return "" if value is None else str(value)


def write(rows: Sequence[Row], *, quick: bool) -> None:
    packages = ("PySide6-Essentials", "numpy", "scipy", "librosa", "soundfile")
    report = {
        "when": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "quick": quick,
        "machine": {"system": platform.system(), "processor": platform.machine(), "cores": os.cpu_count()},
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in packages},
        "rows": list(rows),
    }
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
