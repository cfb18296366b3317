"""The licences of what the program is built with: from the bundle's file, or from the installed packages themselves.

`computed` is what the bundle's ``resources/notices.txt`` is made of (packaging/bundle.py adds the texts that no package
brings).
"""

from __future__ import annotations

import platform
import re
import sys
import sysconfig
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from performia_desktop.assets import resource

_PROGRAM: Final = "performia-desktop"

_INSIDE_OTHERS: Final = (
    ("Qt", "LGPL-3.0-only", "the window, sound, SQLite; with PySide6"),
    ("FFmpeg", "LGPL-2.1-or-later", "playing; with PySide6"),
    ("FFmpeg", "LGPL-3.0-or-later", "reading recordings; with PyAV"),
    (
        "LAME, GnuTLS, Nettle, GMP, libunistring, ALSA",
        "LGPL-2.1-or-later or LGPL-3.0-or-later",
        "with PyAV's FFmpeg",
    ),
    ("Opus, Vorbis, Ogg, FLAC", "BSD-3-Clause", "with FFmpeg and libsndfile"),
    ("OpenCORE AMR, oneVPL", "Apache-2.0; MIT", "with PyAV's FFmpeg"),
    ("libsndfile, mpg123", "LGPL-2.1-or-later", "reading recordings; with soundfile"),
    ("SQLite", "public domain", "the job list; with Qt"),
    ("ICU, zlib, libffi", "Unicode-3.0; Zlib; MIT", "with Qt and Python"),
    (
        "OpenBLAS, libgfortran",
        "BSD-3-Clause; GPL-3.0 with the GCC Runtime Library Exception",
        "with NumPy and SciPy",
    ),
    (
        "regex, serde, ICU4X, Rustls, AWS-LC, ring",
        "MIT; Unicode-3.0; Apache-2.0; ISC; BSD-3-Clause",
        "checking Song Maps; with jsonschema-rs, which never goes online here",
    ),
)
"""Libraries that lie in the packages' wheels, of which Python's metadata knows nothing."""


def notices() -> str:
    """Return the whole text, for a person to read."""
    bundled = resource("notices.txt")
    return bundled.read_text(encoding="utf-8") if bundled.is_file() else computed()


def computed() -> str:
    """Return the text as the packages installed here tell it."""
    packages = [found for name in _used() if (found := _find(name)) is not None]
    head = [
        "Performia Desktop is under the MIT licence. It is built with these packages, with thanks to their authors.",
        "",
        f"{'Python':28} {platform.python_version():12} PSF-2.0",
        *(f"{one.metadata['Name']:28} {one.version:12} {_licence(one)}" for one in packages),
        "",
        "With them come these libraries:",
        "",
        *(f"{name}: {licence} ({what})" for name, licence, what in _INSIDE_OTHERS),
        "",
        "The libraries under the LGPL lie in files of their own and may be replaced by other versions of them. Their",
        "sources are at https://download.qt.io, https://ffmpeg.org, https://libsndfile.github.io and",
        "https://github.com/PyAV-Org/pyav-ffmpeg.",
    ]
    parts = ["\n".join(head)]
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if python.is_file():
        parts.append(_part("Python", python.read_text(encoding="utf-8")))
    for one in packages:
        parts += [_part(f"{one.metadata['Name']}: {name}", text) for name, text in _texts(one)]
    return "\n\n".join(parts) + "\n"


def _part(title: str, text: str) -> str:
    return f"{'-' * 78}\n{title}\n{'-' * 78}\n\n{text.strip()}"


def _used() -> list[str]:
    """Return the packages that the program needs to run, with what those need."""
    waiting, used = [_PROGRAM], set[str]()
    while waiting:
        found = _find(waiting.pop())
        for line in (found.requires or []) if found is not None else []:
            requirement, _, marker = line.partition(";")
            name = re.split(r"[^\w.-]", requirement.strip())[0].lower().replace("_", "-")
            if name not in used and "extra ==" not in marker and _find(name) is not None and _applies(marker):
                used.add(name)
                waiting.append(name)
    return sorted(used)


def _applies(marker: str) -> bool:
    """Return whether a requirement's condition on the Python version holds; others are taken to hold."""
    match = re.search(r"python_version\s*(<|>=)\s*['\"]3\.(\d+)['\"]", marker)
    if match is None:
        return True
    return (sys.version_info.minor >= int(match[2])) == (match[1] == ">=")


def _find(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _licence(one: Distribution) -> str:
    for said in [*one.metadata.get_all("License-Expression", []), *one.metadata.get_all("License", [])]:
        if said.strip() and len(said) < 80:  # some packages put the whole text there
            return str(said).strip()
    classifiers = one.metadata.get_all("Classifier", [])
    return next(
        (line.rpartition(":: ")[2] for line in classifiers if line.startswith("License ::")), "see its text"
    )


def _texts(one: Distribution) -> list[tuple[str, str]]:
    """Return the licence texts that a package brings: (name, text)."""
    found = []
    for file in one.files or []:
        inside = re.search(r"\.dist-info/(?:licenses/)?(.+)$", str(file)) or re.search(
            r"(_soundfile_data/COPYING)", str(file)
        )
        if (
            inside is None
            or not re.search(r"(LICEN[CS]E|COPYING|NOTICE)[^/]*$", inside[1])
            or file.suffix == ".pyc"
        ):
            continue
        path = Path(str(file.locate()))
        if path.is_file():
            found.append((inside[1], path.read_text(encoding="utf-8", errors="replace")))
    return found
