"""What import contracts cannot say about the house."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import performia_desktop

PACKAGE = Path(performia_desktop.__file__).parent

HEAVY = ("librosa", "scipy", "numba", "soundfile", "soxr", "av", "sklearn")


def imports(file: Path) -> Iterator[str]:
    """Yield the modules that a file imports, lazily or not."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_jobs_need_qtcore_and_qtsql_only() -> None:
    found = {
        name.split(".")[1]
        for file in (PACKAGE / "jobs").glob("*.py")
        for name in imports(file)
        if name.startswith("PySide6.")
    }
    assert found <= {"QtCore", "QtSql"}


def test_only_the_window_and_its_picture_import_widgets() -> None:
    users = {
        str(file.relative_to(PACKAGE))
        for file in PACKAGE.rglob("*.py")
        if any(name.startswith(("PySide6.QtWidgets", "PySide6.QtGui")) for name in imports(file))
    }
    assert {name for name in users if not name.startswith("gui/")} <= {"app.py", "cli/headless.py"}


def loaded_by(statement: str) -> set[str]:
    """Return the top-level modules that a statement brings into a fresh interpreter."""
    script = f"{statement}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    out = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
    return set(out.split())


@pytest.mark.parametrize("module", ["app", "cli", "jobs.service", "gui.main_window"])
def test_the_window_never_loads_what_is_heavy(module: str) -> None:
    assert loaded_by(f"import performia_desktop.{module}").isdisjoint(HEAVY)


def test_a_command_loads_no_numbers() -> None:
    """(QtSql brings QtWidgets along, whatever we do.)"""
    loaded = loaded_by(
        "import performia_desktop.cli.analyze, performia_desktop.cli.look, performia_desktop.cli.change"
    )
    assert loaded.isdisjoint({*HEAVY, "numpy", "jsonschema_rs"})
