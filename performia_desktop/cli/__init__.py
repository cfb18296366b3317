"""The program without a window: the same jobs, queue and workers from a terminal or a script.

`main` sorts the arguments: a first word that names a command runs it, anything else are files for the window. What
is asked for goes to stdout, everything else to stderr.
"""

from __future__ import annotations

import argparse
import importlib
import io
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from performia_desktop import log
from performia_desktop.cli import display
from performia_desktop.cli.exits import BUG, BY_SIGNAL, DATABASE, JOB_FAILED, CommandError
from performia_desktop.cli.parser import Grammar
from performia_desktop.paths import Paths

_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with these arguments (without its own name) and return its exit status."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    if arguments[:1] == ["--analysis-child"]:  # how a bundle starts its analysis
        return int(importlib.import_module("performia_desktop.analysis.__main__").main(arguments[1:]))
    _speak_unicode()
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except SystemExit as end:  # argparse, after --help and --version
        return int(end.code or 0)
    except KeyboardInterrupt:
        return BY_SIGNAL + signal.SIGINT
    except BrokenPipeError:
        # Whoever read our output has gone, e.g. `head`; what is still buffered must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BY_SIGNAL + getattr(signal, "SIGPIPE", 13)
    return status


def _run(arguments: Sequence[str]) -> int:
    try:
        options = Grammar().parse(arguments)
        paths = Paths.of(options.data_dir, options.db)
        if options.command is None:
            return _window(paths, options)
        return _command(paths, options)
    except CommandError as error:
        _say(str(error))
        return error.status
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001  (the outermost edge: a mistake in the program)
        _log.critical("a mistake in the program", exc_info=error)
        _say("This is a mistake in the program. Please report it with the lines above.")
        return BUG


def _say(sentence: str) -> None:
    from performia_desktop.cli.output import say

    say(sentence)


def _window(paths: Paths, options: argparse.Namespace) -> int:
    """Open the window; Qt's widgets are imported here and nowhere else."""
    if options.or_demo is not None and (display.invisible() or not display.there()):
        options.headless_demo = options.or_demo
    if options.headless_demo is None and not display.there():
        raise CommandError(
            "There is no display, so no window can open. `performia-desktop analyze FILE` works without one.",
            JOB_FAILED,
        )
    if options.headless_demo is not None:
        headless = importlib.import_module("performia_desktop.cli.headless")
        return int(headless.show(Path(options.headless_demo), options.files))
    app = importlib.import_module("performia_desktop.app")
    return int(app.main(paths, options.files))


def _command(paths: Paths, options: argparse.Namespace) -> int:
    from performia_desktop.cli import analyze, change, database, look
    from performia_desktop.cli.loop import application
    from performia_desktop.jobs.database import DatabaseError

    commands: dict[str, Callable[[Paths, argparse.Namespace], int]] = {
        "analyze": analyze.analyze,
        "jobs": look.jobs,
        "status": look.status,
        "songmap": look.songmap,
        "health": look.health,
        "check": database.check,
        "backup": database.backup,
        "restore": database.restore,
        "retry": change.retry,
        "cancel": change.cancel,
        "delete": change.delete,
        "cleanup": change.cleanup,
        "vacuum": database.vacuum,
        "export": _export,
    }
    log.configure(paths.logs if paths.logs.is_dir() else None, verbose=options.verbose)
    app = _printing() if getattr(options, "format", None) == "pdf" else application()
    try:
        return commands[options.command](paths, options)
    except DatabaseError as error:
        raise CommandError(str(error), DATABASE) from error
    finally:
        del app


def _printing() -> object:
    """Return an application object that can draw text."""
    return importlib.import_module("performia_desktop.gui.song.sheet.pdf").application()


def _export(paths: Paths, options: argparse.Namespace) -> int:
    from performia_desktop.cli.export import export

    return export(paths, options)


def _speak_unicode() -> None:
    """Write UTF-8 whatever the locale, and never fail on a character; a windowed start has no streams at all."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
