"""What PyInstaller collects that the program never uses, why, and how much lighter the bundle is without it.

`prune` sorts a list of collected files by the rules below and keeps the sizes for the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

Entry = tuple[str, str, str]
"""(where it lies in the bundle, where it comes from, its kind), as PyInstaller has it."""

EXCLUDED_MODULES: Final = [
    # yardstick and tests
    *("librosa", "numba", "llvmlite", "sklearn", "pandas", "joblib", "pytest", "hypothesis", "_pytest", "psutil"),
    # recognising sung words is an option for those who install from Python
    *("faster_whisper", "ctranslate2", "onnxruntime", "tokenizers", "huggingface_hub", "torch"),
    # optional parts of what we use, for what we do not do
    *("PySide6.QtConcurrent", "PySide6.QtMultimediaWidgets", "PySide6.QtQml", "PySide6.QtQuick"),
    *("numpy.distutils", "scipy.datasets", "scipy.io", "scipy.misc"),
    *("tkinter", "setuptools", "pkg_resources", "pluggy", "rich", "IPython", "matplotlib", "yaml"),
    *("requests", "urllib3", "certifi", "charset_normalizer", "lxml", "webcolors", "rfc3987"),
    *("pip", "ensurepip", "lib2to3", "sqlite3", "test", "curses", "readline"),
]

_QT_PLUGINS: Final = {
    "platforms": r"(lib)?q(xcb|wayland|cocoa|windows|offscreen|minimal)\.",
    "imageformats": r"q(svg|ico|icns|jpeg)",
    "iconengines": r"qsvgicon",
    "sqldrivers": r"qsqlite\.",
    "styles": r".",
    "printsupport": r".",
    "platformthemes": r"xdgdesktopportal",
    "platforminputcontexts": r"compose|ibus",
    "xcbglintegrations": r".",
    "wayland-shell-integration": r"xdg-shell",
    "wayland-decoration-client": r".",
    "wayland-graphics-integration-client": r"qt-plugin-wayland-egl",
}
"""The plugins that stay, by their folder; those of folders not named here go."""

# The plugin that plays films and songs (`multimedia`) goes with all that it alone needs: its own FFmpeg and Qt Quick.
# Our sound is mixed here and goes to the device by QtMultimedia itself, which needs Concurrent.
_QT_LIBRARIES: Final = re.compile(
    r"Qt6?(Pdf|VirtualKeyboard|Egl[Ff][Ss]|MultimediaWidgets|WlShell|ShaderTools|3D|Qml|Quick)"
    r"|PySide6/.*(avcodec|avformat|avutil|swresample|swscale)[.-]"
)
_QT_BINDINGS: Final = re.compile(r"PySide6/Qt(Concurrent|MultimediaWidgets|OpenGL|Pdf|Qml|Quick)\b")
_SCIPY: Final = re.compile(
    r"scipy/(cluster|constants|datasets|differentiate|fftpack|integrate|interpolate|io|linalg|misc|odr|optimize|"
    r"signal|sparse|spatial|stats)/"
)
_STAND_INS: Final = re.compile(
    r"scipy\.libs/libscipy_openblas-|av\.libs/lib(x264|x265|SvtAv1Enc|vpx|dav1d|webp|webpmux|sharpyuv|drm|xcb|xcb-shm|xcb-shape|xcb-xfixes|Xau)-"
)
_GPL: Final = re.compile(r"(^|/)(lib)?(x264|x265|xvidcore|postproc|fftw3|rubberband)\b")
_SYSTEM: Final = re.compile(r"^(/usr)?/lib(64)?/")
_FROM_SYSTEM_YET_OURS: Final = re.compile(
    r"^lib(xcb-(cursor|icccm|image|keysyms|render-util|util)|ffi|bz2|lzma)\.so"
)
_PYTHON_PARTS: Final = re.compile(
    r"lib-dynload/(_ssl|_hashlib|_sqlite3|_curses|_curses_panel|readline|_tkinter|_dbm|_gdbm|ossaudiodev|nis|_crypt|_test)"
)
_WORDS_OF_QT: Final = re.compile(r"PySide6/(Qt/)?translations/(?!qtbase_(de|es)\.qm)")
_NOT_AT_RUN_TIME: Final = re.compile(
    r"(\.pyi|\.pxd|\.pyx|\.h|\.c|\.hpp|\.f90|\.lib|\.a|\.cmake|py\.typed)$|/tests?/|/include/|(^|/)__pycache__/"
    r"|resources/screenshots/|\.dist-info/(?!METADATA$|licenses/|LICEN[CS]E)|(^|/)sboms/"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One cut: its name in the report, and what it takes."""

    name: str
    takes: Callable[[str, str], bool]  # (place in the bundle, with slashes; source)


def _foreign_plugin(place: str, _source: str) -> bool:
    match = re.search(r"/plugins/([\w-]+)/(.+)$", place)
    if match is None or "PySide6/" not in place:
        return False
    kept = _QT_PLUGINS.get(match[1])
    return kept is None or not re.search(kept, match[2])


def _system_library(place: str, source: str) -> bool:
    name = place.rpartition("/")[2]
    return bool(_SYSTEM.match(source) and ".so" in name and not _FROM_SYSTEM_YET_OURS.match(name))


RULES: Final = [
    Rule("Qt's plugins for other uses", _foreign_plugin),
    Rule(
        "Qt's PDF, virtual keyboard and other modules",
        lambda place, _: bool(_QT_LIBRARIES.search(place) or _QT_BINDINGS.search(place)),
    ),
    Rule("Qt's words in other languages", lambda place, _: bool(_WORDS_OF_QT.search(place))),
    Rule("Libraries that the system has (GTK, GLib, X11, ...)", _system_library),
    Rule("SciPy's other parts", lambda place, _: bool(_SCIPY.search(place))),
    Rule("Python's modules for TLS, terminals and SQLite", lambda place, _: bool(_PYTHON_PARTS.search(place))),
    Rule("Sources, headers, tests, pictures of the README", lambda place, _: bool(_NOT_AT_RUN_TIME.search(place))),
]


@dataclass
class Pruned:
    """What is left, what only a stand-in is left of, and how many bytes each cut saved."""

    kept: list[Entry] = field(default_factory=list)
    stand_ins: list[Entry] = field(default_factory=list)
    saved: dict[str, int] = field(default_factory=dict)

    def take(self, entries: Iterable[Entry]) -> list[Entry]:
        """Sort files, and return those that stay as they are."""
        before = len(self.kept)
        for entry in entries:
            place, source = entry[0].replace("\\", "/"), entry[1]
            rule = next((rule for rule in RULES if rule.takes(place, source)), None)
            if rule is not None:
                self.save(rule.name, _size(entry))
            elif _STAND_INS.search(place):
                self.stand_ins.append(entry)
            elif entry[2] == "SYMLINK" and _STAND_INS.search(source):
                pass
            else:
                self.kept.append(entry)
        return self.kept[before:]

    def save(self, name: str, size: int) -> None:
        self.saved[name] = self.saved.get(name, 0) + size

    def gpl(self) -> list[str]:
        """Return what is under the GPL among what is left."""
        return [entry[0] for entry in self.kept if _GPL.search(entry[0].replace("\\", "/"))]


def _size(entry: Entry) -> int:
    """Return the bytes of a file; a link weighs nothing."""
    return Path(entry[1]).stat().st_size if entry[2] != "SYMLINK" and Path(entry[1]).is_file() else 0
