"""Every sentence that a row can get stands in the table of those that are translated."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

import performia_desktop
from performia_desktop.gui.failures import SENTENCES, failure_words

_PACKAGE = Path(performia_desktop.__file__).parent
_SOURCES = (
    *sorted((_PACKAGE / "analysis").glob("*.py")),
    *sorted((_PACKAGE / "export").glob("*.py")),
    _PACKAGE / "gui" / "song" / "sheet" / "pdf.py",
    _PACKAGE / "songmap" / "overlay.py",
    *(
        _PACKAGE / "jobs" / name
        for name in ("child.py", "worker.py", "queue.py", "maps_on_disk.py", "migrations.py")
    ),
)


def _shape(node: ast.expr) -> str | None:
    """A literal or f-string with {} for what varies, None for anything else."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return re.sub(r"[{}]+", "{}", "".join(_shape(part) or "{}" for part in parts)).replace("{}:{}", "{}")
    return None


def _sentences(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        found: list[ast.expr] = []
        match node:
            case ast.Call(func=ast.Name(id="AnalysisError"), args=[_, text, *_]):
                found = [text]
            case ast.Call(func=ast.Name(id="ExportError" | "UnreadableCorrections"), args=[text]):
                found = [text]
            case ast.Assign(targets=[ast.Name(id="sentence" | "message")], value=text):
                found = [text]
            case ast.Return(value=ast.Tuple(elts=[ast.Constant(), text])):
                found = [text]
            case ast.Return(value=ast.JoinedStr() as text):
                found = [text]
        yield from (shape for one in found if (shape := _shape(one)) and shape.endswith(".") and " " in shape)


def test_every_sentence_of_analysis_and_queue_is_known() -> None:
    known = {re.sub(r"\{\w+\}", "{}", sentence) for sentence in SENTENCES}
    made = {sentence for path in _SOURCES for sentence in _sentences(path)}
    assert len(made) > 20
    assert made - known == set(), "add these to gui/failures.py"
    assert known - made == set(), "nobody says these any more"


def test_what_varies_comes_through() -> None:
    message = (
        "This file is damaged after 0:41 (it may not have been downloaded to the end). "
        "Copy or download it again and retry."
    )
    assert failure_words(message) == message
    assert failure_words("Traceback: {nobody} knows this") == "Traceback: {nobody} knows this"


def test_it_is_said_in_the_users_language(qapp: QCoreApplication, german: QTranslator) -> None:
    message = (
        "This file is damaged after 0:41 (it may not have been downloaded to the end). "
        "Copy or download it again and retry."
    )
    assert "0:41" in failure_words(message)
    assert "beschädigt" in failure_words(message)
    long = "This recording is 12.5 hours long; the limit is 12 hours. Cut it into parts and add those."
    assert "12,5 Stunden" in failure_words(long)


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    failure_words.cache_clear()
    yield
    failure_words.cache_clear()
