"""Keeps resources/translations in step with the source.

``python packaging/translations.py`` brings the .ts files up to date (new texts come in as unfinished, to be translated
in Qt Linguist or any editor) and compiles them; with ``--check`` it changes nothing, and fails where a file is behind
the source, a text is not translated, its placeholders are not those of the source, or the .qm is another one.
"""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de", "es")
_PLACEHOLDER = re.compile(r"\{\w+\}|%Ln|%n|%\d")


def tool(name: str) -> str:
    """Return a tool of Qt's, without the Python script around it."""
    beside = Path(PySide6.__file__).parent / name
    return str(beside) if beside.is_file() else shutil.which(f"pyside6-{name}") or name


Text = tuple[str, str, bool]
"""Source text, what tells it from another of the same words, whether it comes with a number."""


def texts(path: Path) -> Iterator[tuple[str, Text]]:
    """Yield the context and text of every call of self.tr, _tr, QCoreApplication.translate and QT_TRANSLATE_NOOP."""

    def walk(node: ast.AST, context: str) -> Iterator[tuple[str, Text]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                match child.func:
                    case ast.Attribute(value=ast.Name(id="self" | "cls"), attr="tr"):
                        yield from _text(context, child.args)
                    case ast.Name(id="_tr" | "QT_TRANSLATE_NOOP") | ast.Attribute(attr="translate"):
                        match child.args:
                            case [ast.Constant(value=str(name)), *rest]:
                                yield from _text(name, rest)
            yield from walk(child, child.name if isinstance(child, ast.ClassDef) else context)

    yield from walk(ast.parse(path.read_text(encoding="utf-8")), "")


def _text(context: str, arguments: list[ast.expr]) -> Iterator[tuple[str, Text]]:
    match arguments:
        case [ast.Constant(value=str(words)), *rest]:
            told = rest[0].value if rest and isinstance(rest[0], ast.Constant) else ""
            yield context, (words, str(told), len(rest) > 1)


def extract(ts: Path, language: str) -> None:
    """Merge the texts of the source into a .ts file.

    lupdate reads Python, but takes the count of `translate` only where it is a plain name; so it gets the texts
    written once more, each in a class that has the name of its context.
    """
    contexts: dict[str, dict[Text, None]] = {}
    for path in sorted((ROOT / "performia_desktop").rglob("*.py")):
        for context, text in texts(path):
            contexts.setdefault(context, {})[text] = None
    lines = []
    for context, found in sorted(contexts.items()):
        lines += [f"class {context}:", "    def words(self, n):"]
        for words, told, numerus in found:
            quoted = [json.dumps(words, ensure_ascii=False)]
            if told or numerus:
                quoted.append(json.dumps(told, ensure_ascii=False))
            lines.append(f"        self.tr({', '.join([*quoted, 'n'] if numerus else quoted)})")
    command = [
        tool("lupdate"),
        "-silent",
        "-locations",
        "none",
        "-no-obsolete",
        "-disable-heuristic",
        "similartext",
    ]
    command += ["-source-language", "en", "-target-language", language]
    with tempfile.TemporaryDirectory() as folder:
        gathered = Path(folder) / "texts.py"
        gathered.write_text("\n".join(lines) + "\n", encoding="utf-8")
        subprocess.run([*command, str(gathered), "-ts", str(ts)], check=True)


def compiled(ts: Path, qm: Path) -> None:
    subprocess.run([tool("lrelease"), "-silent", str(ts), "-qm", str(qm)], check=True)


def faults(ts: Path) -> list[str]:
    """Return what is not translated, or not rightly."""
    found = []
    for context in ET.parse(ts).getroot().iter("context"):
        for message in context.iter("message"):
            source = message.findtext("source") or ""
            where = f"{ts.name}: {context.findtext('name')}: {source!r}"
            translation = message.find("translation")
            assert translation is not None
            numerus = message.get("numerus") == "yes"
            forms = (
                [form.text or "" for form in translation.iter("numerusform")]
                if numerus
                else [translation.text or ""]
            )
            if translation.get("type") == "unfinished" or not all(forms):
                found.append(f"{where} is not translated")
            elif any(sorted(_PLACEHOLDER.findall(form)) != sorted(_PLACEHOLDER.findall(source)) for form in forms):
                found.append(f"{where} has other placeholders in its translation")
            if "%n" in source or ("%Ln" in source and not numerus):
                found.append(f"{where}: write the number as tr('%Ln songs', '', n)")
    return found


def check() -> list[str]:
    """Return what is wrong with the translations as they lie there."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for language in LANGUAGES:
            ts = FOLDER / f"performia_{language}.ts"
            fresh = Path(folder) / ts.name
            shutil.copy(ts, fresh)
            extract(fresh, language)
            if fresh.read_bytes() != ts.read_bytes():
                found.append(f"{ts.name} is not what the source says: make translations")
            compiled(ts, fresh.with_suffix(".qm"))
            if fresh.with_suffix(".qm").read_bytes() != ts.with_suffix(".qm").read_bytes():
                found.append(f"{ts.stem}.qm is not what is in {ts.name}: make translations")
            found += faults(ts)
    return found


def main() -> int:
    if sys.argv[1:] == ["--check"]:
        found = check()
    else:
        FOLDER.mkdir(exist_ok=True)
        found = []
        for language in LANGUAGES:
            ts = FOLDER / f"performia_{language}.ts"
            extract(ts, language)
            compiled(ts, ts.with_suffix(".qm"))
            found += faults(ts)
    sys.stderr.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
