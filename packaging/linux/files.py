"""The files by which a Linux desktop knows the program: desktop entry, metainfo, icons, manual page.

`install` lays them out under a prefix (``usr`` in a package). What the program opens is asked of the code itself.
"""

from __future__ import annotations

import gzip
import re
import shutil
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from performia_desktop import __version__
from performia_desktop.jobs.expand import AUDIO_EXTENSIONS, PLAYLIST_EXTENSIONS

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent.parent
NAME: Final = "performia-desktop"

# shared-mime-info's names, by the suffixes of jobs.expand
MIME_TYPES: Final[Mapping[str, str]] = {
    "wav": "audio/x-wav",
    "flac": "audio/flac",
    "ogg": "audio/x-vorbis+ogg",
    "oga": "audio/ogg",
    "opus": "audio/x-opus+ogg",
    "mp3": "audio/mpeg",
    "aiff": "audio/x-aiff",
    "aif": "audio/x-aiff",
    "aifc": "audio/x-aifc",
    "m4a": "audio/mp4",
    "mp4": "audio/mp4",
    "aac": "audio/aac",
    "alac": "audio/mp4",
    "caf": "audio/x-caf",
    "wma": "audio/x-ms-wma",
    "w64": "audio/x-w64",
    "au": "audio/basic",
    "webm": "audio/webm",
    "mka": "audio/x-matroska",
    "m3u": "audio/x-mpegurl",
    "m3u8": "application/vnd.apple.mpegurl",
    "pls": "audio/x-scpls",
}


def mime_types() -> list[str]:
    """Return what "Open with" offers the program for; a suffix of the code without a name here is a KeyError."""
    return sorted({MIME_TYPES[suffix] for suffix in AUDIO_EXTENSIONS | PLAYLIST_EXTENSIONS})


def desktop_entry() -> str:
    text = (HERE / f"{NAME}.desktop.in").read_text(encoding="utf-8")
    return text.replace("@MIME_TYPES@", ";".join(mime_types()))


def metainfo(date: str) -> str:
    """Return the AppStream metainfo of the present version, released on `date` (ISO)."""
    text = (HERE / "org.performia.desktop.metainfo.xml.in").read_text(encoding="utf-8")
    types = "\n".join(f"    <mediatype>{one}</mediatype>" for one in mime_types())
    return text.replace("@MEDIA_TYPES@", types).replace("@VERSION@", __version__).replace("@DATE@", date)


def install(prefix: Path, icons: Mapping[int, Path], manual: str) -> None:
    """Put all of them under `prefix`/share."""
    share = prefix / "share"
    _write(share / "applications" / f"{NAME}.desktop", desktop_entry())
    _write(share / "metainfo" / "org.performia.desktop.metainfo.xml", metainfo(time.strftime("%Y-%m-%d")))
    hicolor = share / "icons" / "hicolor"
    for size, picture in icons.items():
        _copy(picture, hicolor / f"{size}x{size}" / "apps" / f"{NAME}.png")
    _copy(ROOT / "resources" / "icons" / f"{NAME}.svg", hicolor / "scalable" / "apps" / f"{NAME}.svg")
    page = share / "man" / "man1" / f"{NAME}.1.gz"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_bytes(gzip.compress(manual.encode(), 9, mtime=0))


def libraries(*, brought_along: bool) -> list[list[str]]:
    """Return the system libraries of packaging/libraries.txt: for each the names that will do.

    With `brought_along` also those that lie in the bundle.
    """
    text = (ROOT / "packaging" / "libraries.txt").read_text(encoding="utf-8")
    needed, _, brought = re.sub(r"^#.*$", "", text, flags=re.MULTILINE).partition("[brought along]")
    return [line.split("|") for line in _lines(needed + (brought if brought_along else ""))]


def _lines(text: str) -> Iterable[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
