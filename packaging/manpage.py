"""The manual page, made from the command line's own grammar, so that it cannot say anything else.

``python packaging/manpage.py`` prints it (roff, man(7)).
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterable

from performia_desktop import __version__
from performia_desktop.cli.parser import PROGRAM, Grammar


def page(today: float | None = None) -> str:
    """Return the page's source; `today` in Unix seconds."""
    whole = Grammar().whole
    date = time.strftime("%Y-%m-%d", time.gmtime(today))
    lines = [
        f'.TH {PROGRAM.upper()} 1 "{date}" "Performia Desktop {__version__}" "User Commands"',
        ".SH NAME",
        rf"{_text(PROGRAM)} \- turn recordings into Song Maps",
        ".SH SYNOPSIS",
        rf".B {_text(PROGRAM)}",
        r"[\fIoptions\fR] [\fIFILE\fR ...]",
        ".br",
        rf".B {_text(PROGRAM)}",
        r"[\fIoptions\fR] \fICOMMAND\fR ...",
        ".SH DESCRIPTION",
        *_paragraphs(whole.description or ""),
        ".SH OPTIONS",
        *_options(whole),
        ".SH COMMANDS",
    ]
    [commands] = [action for action in whole._actions if isinstance(action, argparse._SubParsersAction)]
    for name, parser in commands.choices.items():
        lines += [f".SS {_text(name)}", *_paragraphs(parser.description or ""), *_options(parser, common=False)]
    for title, text in _sections(whole.epilog or ""):
        lines += [f".SH {title.upper()}", *_paragraphs(text)]
    return "\n".join(lines) + "\n"


def _options(parser: argparse.ArgumentParser, *, common: bool = True) -> list[str]:
    """Return the arguments as tagged paragraphs; `common` with those that every command takes."""
    lines = []
    for action in parser._actions:
        every = {"--data-dir", "--db", "--verbose", "--help"} & set(action.option_strings)
        if (every and not common) or isinstance(action, argparse._SubParsersAction):
            continue
        value = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
        takes = action.nargs != 0
        if action.option_strings:
            names = ", ".join(rf"\fB{_text(name)}\fR" for name in action.option_strings)
            tag = names + (rf" \fI{_text(value)}\fR" if takes else "")
        else:
            tag = rf"\fI{_text(value)}\fR" + (" ..." if action.nargs in {"*", "+"} else "")
        if action.help and action.help != argparse.SUPPRESS:
            lines += [".TP", tag, _text(action.help)]
    return lines


def _sections(epilog: str) -> Iterable[tuple[str, str]]:
    """Yield the help's last part by its headings, which stand at the margin and end with a colon."""
    parts = re.split(r"^(\w[\w ]*):$", epilog, flags=re.MULTILINE)
    if parts[0].strip():
        yield "Notes", parts[0]
    yield from zip(parts[1::2], parts[2::2], strict=True)


def _paragraphs(text: str) -> list[str]:
    """Return help text: prose is filled, what is indented stays line by line."""
    lines: list[str] = []
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        rows = [_text(row) for row in block.splitlines()]
        if any(row.startswith("  ") for row in rows):
            lines += [".PP", ".nf", *rows, ".fi"]
        else:
            lines += [".PP", *rows]
    return lines


def _text(text: str) -> str:
    """Return text with what roff would read as a command escaped."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("`", r"\(ga")
    return r"\&" + escaped if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    print(page(), end="")
