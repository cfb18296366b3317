"""The user's settings, typed, in one INI file under the data directory."""

from __future__ import annotations

import contextlib
import math
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QLockFile, QSettings

LEAST_MEMORY: Final = 512 << 20
"""Bytes that an analysis gets whatever the setting says: with less, not even a short song fits."""

CLEANUP_DAYS: Final = (0, 7, 30, 90)
"""What there is to choose from for the clean-up by itself; 0 is never."""

DRAG_FORMATS: Final = ("pdf", "chordpro", "midi", "musicxml", "json")
MOST_LATENCY_MS: Final = 1000

CHART_SIZES: Final = (0.7, 0.85, 1.0, 1.2, 1.4, 1.7, 2.0, 2.4, 2.8, 3.4, 4.0)
"""The sizes of a chart's type, as multiples of the window's."""

VERSION: Final = 1
"""Of the file's keys. A change of what a key means gets the next number and a step in `_STEPS`."""

_UNFINISHED: Final = re.compile(r"\.(?=.*[a-z])(?=.+[A-Z])[A-Za-z]{6}")
"""What QSaveFile puts behind a file's name: six letters of either case (a user's own `.backup` is not meant)."""


def default_jobs_at_once() -> int:
    return max(1, min(os.cpu_count() or 1, 4))


def machine_memory() -> int | None:
    """Return the bytes of memory that the machine has, None where that cannot be known."""
    if sys.platform == "win32":
        return None
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return None


def language(path: Path) -> str:
    """Return 'system' or the code of the language that is set, without touching the file or its folder."""
    return str(QSettings(str(path), QSettings.Format.IniFormat).value("window/language", "system"))


class Settings:
    """Reads and writes the settings; an unreadable value counts as its default."""

    def __init__(self, path: Path) -> None:
        if path.parent.is_dir():  # Qt keeps the rights of a file that is there
            with contextlib.suppress(OSError):
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
                path.chmod(0o600)
                _tidy(path)
            QLockFile(f"{path}.lock").removeStaleLockFile()  # of a program that died while Qt wrote the file
        self._qt = QSettings(str(path), QSettings.Format.IniFormat)
        self._upgrade()

    def _upgrade(self) -> None:
        """Bring the keys of an older version up to date; what a newer one has written is left as it is."""
        version = self._number("version", 0)
        for step in _STEPS[version:]:
            step(self._qt)
        if version < VERSION:
            self._qt.setValue("version", VERSION)

    def _number(self, key: str, usual: int) -> int:
        """Return a whole number that is not negative; `usual` where the file says something else."""
        try:
            return max(0, int(str(self._qt.value(key, usual))))
        except ValueError:
            return usual

    def _choice(self, key: str, choices: Sequence[str]) -> str:
        """Return one of the choices; the first is the usual one."""
        value = str(self._qt.value(key, choices[0]))
        return value if value in choices else choices[0]

    @property
    def jobs_at_once(self) -> int:
        return max(1, self._number("queue/jobs_at_once", default_jobs_at_once()))

    @jobs_at_once.setter
    def jobs_at_once(self, value: int) -> None:
        self._qt.setValue("queue/jobs_at_once", max(1, value))

    @property
    def memory_bytes(self) -> int | None:
        """What one analysis may use: half of the machine's memory unless set; None where there is no limit."""
        if (chosen := self.chosen_memory) is not None:
            return chosen
        total = machine_memory()
        return max(LEAST_MEMORY, total // 2) if total else None

    @memory_bytes.setter
    def memory_bytes(self, value: int | None) -> None:
        self._qt.setValue("analysis/memory_mb", (value or 0) >> 20)

    @property
    def chosen_memory(self) -> int | None:
        """What was set of it, None where it is half of the machine's."""
        megabytes = self._number("analysis/memory_mb", 0)
        return max(LEAST_MEMORY, megabytes << 20) if megabytes else None

    @property
    def lyrics_model(self) -> str:
        """The folder of the model that recognises sung words; empty (as it is at first): they are not recognised."""
        return str(self._qt.value("analysis/lyrics_model", ""))

    @lyrics_model.setter
    def lyrics_model(self, value: str) -> None:
        self._qt.setValue("analysis/lyrics_model", value)

    @property
    def cleanup_days(self) -> int:
        """After how many days finished jobs are deleted by themselves: 7, 30 or 90; 0 for never."""
        days = self._number("housekeeping/cleanup_days", 0)
        return days if days in CLEANUP_DAYS else 0

    @cleanup_days.setter
    def cleanup_days(self, value: int) -> None:
        self._qt.setValue("housekeeping/cleanup_days", value if value in CLEANUP_DAYS else 0)

    @property
    def last_cleanup(self) -> float | None:
        """When the day's clean-up was last thought of (Unix seconds), None if never."""
        try:
            seconds = float(str(self._qt.value("housekeeping/last", "")))
        except ValueError:
            return None
        return seconds if math.isfinite(seconds) else None

    @last_cleanup.setter
    def last_cleanup(self, value: float) -> None:
        self._qt.setValue("housekeeping/last", repr(value))

    @property
    def color_scheme(self) -> str:
        """'system', 'light' or 'dark'."""
        return self._choice("window/color_scheme", ("system", "light", "dark"))

    @color_scheme.setter
    def color_scheme(self, value: str) -> None:
        self._qt.setValue("window/color_scheme", value)

    @property
    def chart_size(self) -> float:
        """The chart's type, 1 is the window's own; one of CHART_SIZES."""
        return self._size("chart/size")

    @chart_size.setter
    def chart_size(self, value: float) -> None:
        self._qt.setValue("chart/size", value)

    @property
    def stage_size(self) -> float:
        """The type on the stage, 1 is what the screen asks for; one of CHART_SIZES."""
        return self._size("chart/stage_size")

    @stage_size.setter
    def stage_size(self, value: float) -> None:
        self._qt.setValue("chart/stage_size", value)

    def _size(self, name: str) -> float:
        try:
            size = float(str(self._qt.value(name, 1.0)))
        except ValueError:
            return 1.0
        return size if size in CHART_SIZES else 1.0

    @property
    def chart_naming(self) -> str:
        """'names', 'roman' or 'nashville'."""
        return self._choice("chart/naming", ("names", "roman", "nashville"))

    @chart_naming.setter
    def chart_naming(self, value: str) -> None:
        self._qt.setValue("chart/naming", value)

    @property
    def chart_accidentals(self) -> str:
        """'key', 'sharps' or 'flats'."""
        return self._choice("chart/accidentals", ("key", "sharps", "flats"))

    @chart_accidentals.setter
    def chart_accidentals(self, value: str) -> None:
        self._qt.setValue("chart/accidentals", value)

    @property
    def chart_fingering(self) -> bool:
        """Whether the guitarist's shapes stand over the chart."""
        return str(self._qt.value("chart/fingering", "false")) == "true"

    @chart_fingering.setter
    def chart_fingering(self, value: bool) -> None:
        self._qt.setValue("chart/fingering", "true" if value else "false")

    def own_key(self, content: str) -> tuple[int, int]:
        """Return in which key the user plays a recording (by its content): semitones up, and the capo's fret."""
        match = re.fullmatch(r"(-?\d{1,2})/(\d{1,2})", str(self._qt.value(f"own_key/{content}", "")))
        if match is None:
            return 0, 0
        return max(-11, min(11, int(match[1]))), min(12, int(match[2]))

    def set_own_key(self, content: str, transpose: int, capo: int) -> None:
        if transpose or capo:
            self._qt.setValue(f"own_key/{content}", f"{transpose}/{capo}")
        else:
            self._qt.remove(f"own_key/{content}")

    @property
    def results_folder(self) -> Path | None:
        """Where a copy of each finished Song Map is written, None for nowhere."""
        value = str(self._qt.value("results/folder", ""))
        return Path(value) if value else None

    @results_folder.setter
    def results_folder(self, value: Path | None) -> None:
        self._qt.setValue("results/folder", str(value) if value else "")

    @property
    def notify_done(self) -> bool:
        """Whether the desktop tells that the queue is done, when nobody looks at the window."""
        return str(self._qt.value("queue/notify_done", "true")) != "false"

    @notify_done.setter
    def notify_done(self, value: bool) -> None:
        self._qt.setValue("queue/notify_done", "true" if value else "false")

    @property
    def language(self) -> str:
        """'system' or the code of a language; it counts from the next start."""
        return str(self._qt.value("window/language", "system"))

    @language.setter
    def language(self, value: str) -> None:
        self._qt.setValue("window/language", value)

    @property
    def export_format(self) -> str:
        """The format that was exported last."""
        return str(self._qt.value("export/format", "chordpro"))

    @export_format.setter
    def export_format(self, value: str) -> None:
        self._qt.setValue("export/format", value)

    @property
    def export_folder(self) -> Path:
        """Where the last export went; at first, home."""
        return Path(str(self._qt.value("export/folder", "")) or Path.home())

    @export_folder.setter
    def export_folder(self, value: Path) -> None:
        self._qt.setValue("export/folder", str(value))

    @property
    def drag_format(self) -> str:
        """The format of a song that is dragged out of the list."""
        return self._choice("window/drag_format", DRAG_FORMATS)

    @drag_format.setter
    def drag_format(self, value: str) -> None:
        self._qt.setValue("window/drag_format", value)

    @property
    def song_volume(self) -> float:
        """How loud the song is played, 0-1."""
        return self._share("play/song_volume", 1.0)

    @song_volume.setter
    def song_volume(self, value: float) -> None:
        self._qt.setValue("play/song_volume", value)

    @property
    def click_volume(self) -> float:
        """How loud the metronome is, 0-1."""
        return self._share("play/click_volume", 0.7)

    @click_volume.setter
    def click_volume(self, value: float) -> None:
        self._qt.setValue("play/click_volume", value)

    @property
    def count_in(self) -> bool:
        """Whether a bar is counted before the song plays."""
        return str(self._qt.value("play/count_in", "false")) == "true"

    @count_in.setter
    def count_in(self, value: bool) -> None:
        self._qt.setValue("play/count_in", "true" if value else "false")

    @property
    def latency_ms(self) -> int:
        """What the sound device takes from being handed a sound to its being heard."""
        return min(MOST_LATENCY_MS, self._number("play/latency_ms", 0))

    @latency_ms.setter
    def latency_ms(self, value: int) -> None:
        self._qt.setValue("play/latency_ms", value)

    def _share(self, name: str, usual: float) -> float:
        try:
            share = float(str(self._qt.value(name, usual)))
        except ValueError:
            return usual
        return share if 0.0 <= share <= 1.0 else usual

    def state(self, name: str) -> QByteArray:
        """Return what Qt saved of a window or header under `name`, empty at first."""
        value = self._qt.value(f"state/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_state(self, name: str, value: QByteArray) -> None:
        self._qt.setValue(f"state/{name}", value)

    def sync(self) -> None:
        self._qt.sync()


def _first(qt: QSettings) -> None:
    """Nothing had a number before 1.0, and no key meant anything else."""


_STEPS: tuple[Callable[[QSettings], None], ...] = (_first,)
"""From each version to the next: the first leads from 0 to 1."""


def _tidy(path: Path) -> None:
    """Remove the new files that a kill has kept Qt from renaming to `path`. Raises OSError."""
    for other in path.parent.iterdir():
        if other.name.startswith(path.name) and _UNFINISHED.fullmatch(other.name.removeprefix(path.name)):
            other.unlink()
