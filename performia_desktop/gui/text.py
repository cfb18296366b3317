"""Words on the screen: what comes from files is shown as it is and never interpreted.

Titles, names and messages may hold anything: markup, line breaks, marks that turn the reading direction around.
`plain` takes the marks out, `quoted` keeps a name's own direction from spilling into the sentence around it, and
`tooltip` makes sure that Qt shows `<b>` as four characters.
"""

from __future__ import annotations

import html
import os
import unicodedata

from PySide6.QtCore import QCoreApplication

from performia_desktop.songmap.chord import pretty

_tr = QCoreApplication.translate
_DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])


def plain(text: str) -> str:
    """Return the text on one line, without control characters and direction overrides."""
    if text.isascii() and text.isprintable():
        return text
    text = text.translate(_DIRECTION_MARKS)
    return "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text).strip()


def quoted(name: str) -> str:
    """Return a name in quotation marks, isolated from the direction of the sentence."""
    return f"“\u2068{plain(name)}\u2069”"


def tooltip(text: str) -> str:
    """Return markup that shows the text literally, wrapped, with its line breaks."""
    if not text:
        return ""
    lines = (html.escape(plain(line)) for line in text.splitlines())
    return "<qt>" + "<br>".join(lines) + "</qt>"


def summary(message: str) -> str:
    """Return an error's first telling line: old databases hold whole tracebacks."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    if not lines:
        return ""
    return plain(lines[-1] if lines[0].startswith("Traceback") else lines[0])


def file_name(path: str) -> str:
    """Return a path's last part; as text, because pathlib takes ten times as long."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2]


def short_path(path: str) -> str:
    """Return a path with the user's own folder as ~, where that is how people write it."""
    home = os.path.expanduser("~")  # noqa: PTH111 - no Path can be made of a home that is not set
    inside = os.name == "posix" and len(home) > 1 and path.startswith(f"{home}/")
    return f"~{path[len(home) :]}" if inside else path


def file_title(path: str | None) -> str:
    """Return what to call a song that has no title yet: its file's name without the extension."""
    if not path:
        return ""
    name = file_name(path)
    stem, dot, _suffix = name.rpartition(".")
    return plain(stem if dot and stem else name)


def key_words(key: str) -> str:
    """Return a key ("Eb major") as musicians of the user's language write it: E♭ major, E♭-Dur, E♭ mayor."""
    tonic, _, mode = plain(key).partition(" ")
    forms = {"major": _tr("key", "{tonic} major"), "minor": _tr("key", "{tonic} minor")}
    return forms[mode].format(tonic=pretty(tonic)) if mode in forms else pretty(plain(key))


def plural(n: int, one: str, many: str) -> str:
    """Return `one` for 1, else `many`, which is translated with its number: ``tr("%Ln songs", "", n)``.

    So every language writes the number in its own way, and may have as many plural forms as it needs.
    """
    return one if n == 1 else many
