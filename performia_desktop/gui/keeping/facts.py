"""What a report of a problem tells: the program, the computer, how the list stands, and the log.

Nothing here touches the network. What belongs to the user's music (names of files, titles, artists, folders) can be
left out: whatever the job list knows by name, and every other path but those of the program itself.
"""

from __future__ import annotations

import locale
import os
import platform
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QGuiApplication

from performia_desktop import __version__
from performia_desktop.crashlog import kept_logs
from performia_desktop.gui.text import file_name, file_title
from performia_desktop.jobs.job import Job, Status
from performia_desktop.paths import Paths
from performia_desktop.settings import Settings, machine_memory

_LOG_BYTES: Final = 64 << 10
_PARTS: Final = ("PySide6-Essentials", "numpy", "scipy", "soundfile", "av", "soxr")
_OURS: Final = re.compile(r"(?:performia_desktop|site-packages|lib[/\\]python[\d.]+|_internal)[/\\]")
_QUOTED: Final = re.compile(
    r"(?P<open>[\"'“‘])\u2068?(?P<path>(?:file:|~|[A-Za-z]:)?[/\\][^\"'”’\n]*)(?P<close>[\"'”’])"
)
_BARE: Final = re.compile(r"(?<![\w/\\.:<])(?:file:/|~/|/(?=\w)|[A-Za-z]:[\\/]|\\\\)[^\n]*")
_BEHIND: Final = (
    r"(?:(?=[/\\](?:jobs\.db|maps|logs|backups|bin|checkpoints|corrections|settings\.ini)\b)"
    r"|(?![\w.-])(?![/\\]))"
)
"""Behind a folder of ours: one of our own names, or the end of the path."""
_WORD: Final = re.compile(r"\w+")
_SHORTEST: Final = 3
"""A shorter title would be found inside of words."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was gathered of the program as it runs; the log is still to be read."""

    lines: tuple[tuple[str, str], ...]
    logs: tuple[Path, ...]
    folders: tuple[tuple[str, str], ...]
    """Places that are no secret, with the word that stands for them."""
    jobs: tuple[Job, ...]


def gather(paths: Paths, settings: Settings, jobs: Iterable[Job]) -> Facts:
    """Ask everything that must be asked in the window's own thread."""
    screen = QGuiApplication.primaryScreen()
    size = screen.size()
    memory = machine_memory()
    lines = [
        ("Performia Desktop", __version__ + (" (bundle)" if getattr(sys, "frozen", False) else "")),
        ("System", platform.platform()),
        ("Processor", f"{platform.machine()}, {os.cpu_count()} cores"),
        ("Memory", f"{memory / (1 << 30):.1f} GiB" if memory else "unknown"),
        ("Python", platform.python_version()),
        ("Qt", f"{qVersion()}, {QGuiApplication.platformName()}"),
        ("Screen", f"{size.width()} x {size.height()}, ratio {screen.devicePixelRatio():g}"),
        ("Language", f"{settings.language}, {QLocale().name()}, {locale.getpreferredencoding(False)}"),
        ("Colours", settings.color_scheme),
        ("Songs at once", str(settings.jobs_at_once)),
        *((name, _version(name)) for name in _PARTS),
    ]
    logs = (paths.logs / "performia.log", *kept_logs(paths.logs))
    folders = ((str(paths.database), "<database>"), (str(paths.data_dir), "<data>"), (str(Path.home()), "~"))
    return Facts(tuple(lines), logs, folders, tuple(jobs))


def report(facts: Facts, about: str, *, hide: bool) -> str:
    """Return the whole report, without what belongs to the user's music if `hide`. Reads the logs, so it blocks.

    `about` is what the program knows of this problem already: a traceback, say.
    """
    lines = (*facts.lines, *_songs(facts.jobs))
    width = max(len(name) for name, _ in lines)
    parts = ["\n".join(f"{name:<{width}}  {value}" for name, value in lines)]
    names = _names(facts.jobs) if hide else []
    texts = [("This problem", about), *((path.name, _end(path)) for path in facts.logs)]
    for heading, text in texts:
        if text.strip():
            told = hidden(text, names, facts.folders) if hide else text
            parts.append(f"--- {heading} ---\n{told.strip()}")
    return "\n\n".join(parts) + "\n"


def hidden(text: str, names: Sequence[str], folders: Sequence[tuple[str, str]]) -> str:
    """Return a text without these names, and without paths that lead to the user's files."""
    for folder, word in folders:
        if len(folder) > 1:
            text = re.sub(re.escape(folder) + _BEHIND, word.replace("\\", ""), text)
    text = _QUOTED.sub(_quoted, text)
    text = "\n".join(_without_bare(line) for line in text.split("\n"))
    vocabulary = set(_WORD.findall(text))  # most of a long list of names is not in it
    for name in names:
        if vocabulary.issuperset(_WORD.findall(name)) and name in text:
            text = text.replace(name, "<song>")
    return text


def _quoted(match: re.Match[str]) -> str:
    path = match["path"]
    ours = _OURS.search(path)
    shown = path[ours.start() :] if ours else "<path>"
    return f"{match['open']}{shown}{match['close']}"


def _without_bare(line: str) -> str:
    """A path that nothing closes may have spaces in its name: all of the line after its beginning goes."""
    return _BARE.sub("<path>…", line)


def _songs(jobs: Sequence[Job]) -> list[tuple[str, str]]:
    states = Counter(job.status for job in jobs)
    failures = Counter(job.error_code or "unknown" for job in jobs if job.status is Status.ERROR)
    return [
        ("Songs", ", ".join(f"{n} {status.value}" for status, n in sorted(states.items())) or "none"),
        ("Failures", ", ".join(f"{n} {code}" for code, n in failures.most_common()) or "none"),
    ]


def _names(jobs: Sequence[Job]) -> list[str]:
    """Return what the job list calls songs, files and artists, the longest first."""
    found: set[str] = set()
    for job in jobs:
        found.update((job.title or "", job.artist or ""))
        if job.input_file:
            found.update((file_name(job.input_file), file_title(job.input_file)))
    return sorted((name for name in found if len(name) >= _SHORTEST), key=len, reverse=True)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "unknown"


def _end(path: Path) -> str:
    """Return the last lines of a log, "" where there is none."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _LOG_BYTES))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ""
    return text if size <= _LOG_BYTES else text.partition("\n")[2]
