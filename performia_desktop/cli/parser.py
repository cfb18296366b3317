"""The command line's grammar and its help texts."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NoReturn

from performia_desktop import __version__, lyricsmodel
from performia_desktop.cli.exits import CommandError
from performia_desktop.jobs.job import Status

PROGRAM: Final = "performia-desktop"

_DESCRIPTION: Final = """\
Performia Desktop listens to recordings and writes Song Maps: beats, bars,
tempo, key, chords, sections, melody and bass. Everything happens on this
computer.

Without a command, the window opens, and FILEs (also folders and playlists) are
queued in it. A window that is open already for the same data directory takes
them.
"""

_EPILOG: Final = """\
A name that begins with a dash, or that is also a command, is written as ./name or after --.

exit status:
  0    done
  1    at least one job ended in error, or something asked for could not be done
  2    the command line is wrong, or names a job that does not exist
  3    the job database cannot be used
  130, 143    ended by Ctrl+C or a signal; what ran goes on at the next start

environment:
  DB_PATH    where the job database is, as with --db

files:
  jobs.db, maps/, logs/, settings.ini in the data directory; see `performia-desktop health`.

Run `performia-desktop COMMAND --help` for a command's own options.
"""


_TAKE_A_VALUE: Final = frozenset({"--data-dir", "--db", "--headless-demo", "--or-demo"})


class _Parser(argparse.ArgumentParser):
    def __init__(self, **keywords: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter, **keywords)

    def error(self, message: str) -> NoReturn:
        raise CommandError(f"{self.prog}: {message}. Try `{self.prog} --help`." + _beside(self.prog))


def _beside(prog: str) -> str:
    """Return a hint where the command's name is also that of something in the current folder."""
    _, _, command = prog.partition(" ")
    if command and Path(command).exists():
        return f" If you meant the file or folder named {command}, write ./{command}."
    return ""


def _globals(*, suppress: bool = False) -> _Parser:
    """Return the options that may stand before and after a command; those after it win."""
    parser = _Parser(add_help=False)
    group = parser.add_argument_group("places")
    default = argparse.SUPPRESS if suppress else None
    group.add_argument("--data-dir", metavar="DIR", default=default, help="keep everything in DIR")
    group.add_argument("--db", metavar="PATH", default=default, help="keep the job database alone at PATH")
    parser.add_argument(
        "--verbose",
        action="store_true",
        default=argparse.SUPPRESS if suppress else False,
        help="tell on stderr what is going on",
    )
    return parser


def lyrics_model(text: str) -> str:
    """Return the absolute path of a folder with a model that can recognise words."""
    folder = Path(text).expanduser().absolute()
    if why := lyricsmodel.problem(folder):
        raise argparse.ArgumentTypeError(why.rstrip("."))
    return str(folder)


def day_start(text: str) -> float:
    """Return the Unix time at which an ISO date begins here, or of an ISO date and time."""
    return _moment(text, end=False)


def day_end(text: str) -> float:
    """Return the last moment of an ISO date here, or an ISO date and time."""
    return _moment(text, end=True)


def _moment(text: str, *, end: bool) -> float:
    try:
        if re.fullmatch(r"\d{4}-?\d\d-?\d\d", text):
            day = date.fromisoformat(text)
            if not end:
                return datetime.combine(day, time.min).timestamp()
            return datetime.combine(day + timedelta(days=1), time.min).timestamp() - 0.001
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError, OSError) as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as 2025-03-01") from error


def _days(text: str) -> int:
    if not re.fullmatch(r"\d{1,6}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of days; write it as 30")
    return int(text)


def _semitones(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,2}", text) or abs(int(text)) > 24:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of semitones; write it as 2 or -3")
    return int(text)


def _fret(text: str) -> int:
    if not re.fullmatch(r"\d{1,2}", text) or int(text) > 12:
        raise argparse.ArgumentTypeError(f"{text!r} is not a fret; write it as a number up to 12")
    return int(text)


class _FrontParser(_Parser):
    """Reads the options before a command, or a command line without one; its help is the whole program's."""

    grammar: Grammar

    def format_help(self) -> str:
        return self.grammar.whole.format_help()


class Grammar:
    """All parsers, made once a run; those of the commands only when one may be meant, for the window waits for it."""

    def __init__(self) -> None:
        self._front = _FrontParser(prog=PROGRAM, parents=[_globals()])
        self._front.grammar = self
        self._front.add_argument("--version", action="version", version=f"Performia Desktop {__version__}")
        # A Song Map and the window's picture left in DIR; the second only where there is no display (`make run`).
        self._front.add_argument("--headless-demo", metavar="DIR")
        self._front.add_argument("--or-demo", metavar="DIR")
        self._front.add_argument("files", metavar="FILE", nargs="*")

    @cached_property
    def whole(self) -> _Parser:
        """The front and the commands together, for the help."""
        whole = _Parser(prog=PROGRAM, description=_DESCRIPTION, epilog=_EPILOG, parents=[_globals()])
        whole.add_argument("--version", action="version", help="print the version")
        whole.usage = f"{PROGRAM} [options] [FILE ...]\n       {PROGRAM} [options] COMMAND ..."
        self._subparsers = whole.add_subparsers(title="commands", metavar="COMMAND")
        self._add_commands()
        return whole

    @property
    def _commands(self) -> Any:
        assert self.whole
        return self._subparsers

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Return what the arguments say: `command` (None for the window), its options, and `files` if any.

        Raises
        ------
        CommandError
            They do not make sense.
        SystemExit
            After --help and --version, as argparse does.
        """
        start = _first_word(arguments)
        word = arguments[start] if start < len(arguments) else "--"
        if word == "--":
            return _parsed(self._front, arguments, argparse.Namespace(command=None))
        if word not in self._commands.choices:
            self._guess(word)
            return _parsed(self._front, arguments, argparse.Namespace(command=None))
        front = _parsed(self._front, arguments[:start], argparse.Namespace(command=word))
        if front.headless_demo is not None or front.or_demo is not None:
            self._front.error("--headless-demo goes without a command")
        del front.files, front.headless_demo, front.or_demo
        return _parsed(self._commands.choices[word], arguments[start + 1 :], front)

    def _guess(self, word: str) -> None:
        """Refuse a word that is no file but nearly a command."""
        import difflib

        near = difflib.get_close_matches(word, self._commands.choices, n=1, cutoff=0.7)
        if word.isalpha() and near and not Path(word).exists():
            self._front.error(f"there is no file {word}, but a command {near[0]}")

    def _add(self, name: str, summary: str, description: str) -> _Parser:
        parser: _Parser = self._subparsers.add_parser(
            name,
            prog=f"{PROGRAM} {name}",
            help=summary,
            description=description,
            parents=[_globals(suppress=True)],
        )
        return parser

    def _add_commands(self) -> None:
        analyze = self._add(
            "analyze",
            "analyse files, wait, and say what came of it",
            "Queue files, folders (with all that is in them) and playlists, and wait until\n"
            "they are analysed. Without FILE, whatever is waiting is analysed. A file that\n"
            "has been analysed before is not analysed again. Ctrl+C stops; what was not\n"
            "finished goes on at the next start. While a window is open for the same data\n"
            "directory, the window does the work and this command waits for it.",
        )
        analyze.add_argument("files", metavar="FILE", nargs="*", help="an audio file, a folder or a playlist")
        analyze.add_argument("--again", action="store_true", help="analyse also what has been analysed before")
        analyze.add_argument(
            "--lyrics-model",
            metavar="DIR",
            type=lyrics_model,
            help="recognise sung words where there are no lyrics, with the Whisper model in DIR (made for\n"
            "faster-whisper; needs pip install 'performia-desktop[lyrics]')",
        )
        _json(analyze, "print {count, jobs} at the end")

        jobs = self._add("jobs", "list the jobs, newest first", "List the jobs, newest first.")
        jobs.add_argument(
            "--status",
            action="append",
            choices=[status.value for status in Status],
            metavar="S",
            help="only pending, processing, complete, error or cancelled ones; may be given several times",
        )
        jobs.add_argument(
            "--since", type=day_start, metavar="DATE", help="added on DATE (2025-03-01, local time) or later"
        )
        jobs.add_argument("--until", type=day_end, metavar="DATE", help="added on DATE or earlier")
        jobs.add_argument("--search", metavar="TEXT", help="with TEXT in the title, the artist or the file's name")
        _json(jobs, "print {count, jobs}")

        status = self._add("status", "show one job", "Show one job.")
        status.add_argument("job_id", metavar="JOB_ID")
        _json(status, "print the job as an object")

        songmap = self._add(
            "songmap", "print a finished job's Song Map", "Print a finished job's Song Map (JSON) to stdout."
        )
        songmap.add_argument("job_id", metavar="JOB_ID")

        self._add_export()

        for name, summary, description in (
            ("retry", "analyse finished jobs again", "Put finished jobs back at the end of the queue."),
            ("cancel", "cancel jobs that wait or run", "Cancel jobs that wait or run. They stay in the list."),
            (
                "delete",
                "delete jobs and their Song Maps",
                "Delete jobs and their Song Maps, never the audio. A running job is cancelled\nfirst.",
            ),
        ):
            parser = self._add(name, summary, description)
            parser.add_argument("job_ids", metavar="JOB_ID", nargs="+")
            _json(parser, "print {message, job_id}; for several jobs {count, jobs}")

        cleanup = self._add(
            "cleanup",
            "delete old finished jobs",
            "Delete the finished jobs (complete, error, cancelled) whose last change is more\n"
            "than N days ago, and their Song Maps. Jobs that wait or run stay, and so does\n"
            "all audio.",
        )
        cleanup.add_argument("--days", type=_days, metavar="N", required=True, help="how old a job must be")
        cleanup.add_argument("--dry-run", action="store_true", help="only say how many would go")
        _json(cleanup, "print {message, deleted_count, retention_days}")

        health = self._add(
            "health",
            "say whether all is well, and where things are",
            "Say whether all is well, and where things are.",
        )
        _json(health, "print {status, jobs_count, database, ...}")

        backup = self._add(
            "backup",
            "copy the job database",
            "Write a copy of the job database to PATH (a new file, or a folder), also while\nthe program runs.",
        )
        backup.add_argument("path", metavar="PATH")
        restore = self._add(
            "restore",
            "go back to a backup of the job database",
            "Put the jobs of the backup PATH in the place of the present ones. Before that a\n"
            "backup of the present state is made; jobs added since PATH go to the bin. A\n"
            "window that is open for the same data directory does it.",
        )
        restore.add_argument("path", metavar="PATH")
        self._add("check", "check the job database for damage", "Check the job database for damage.")
        self._add("vacuum", "make the job database smaller", "Give back the space of deleted jobs.")

    def _add_export(self) -> None:
        from performia_desktop.gui.song.sheet.formats import EVERY_FORMAT
        from performia_desktop.songmap.chord import ACCIDENTALS
        from performia_desktop.songmap.degrees import NAMINGS

        width = max(map(len, EVERY_FORMAT))
        export = self._add(
            "export",
            "write finished songs in another program's format",
            "Write finished songs in another program's format: to stdout, or with --output to\n"
            "a file, or into a folder under the songs' own names. Formats:\n\n"
            + "\n".join(f"  {name:{width}}  {format_.words}" for name, format_ in EVERY_FORMAT.items()),
        )
        export.add_argument("job_ids", metavar="JOB_ID", nargs="+")
        export.add_argument(
            "--format", metavar="F", required=True, choices=list(EVERY_FORMAT), help="one of the above"
        )
        export.add_argument(
            "--output", metavar="PATH", help="the file, or the folder (which is made if its name ends in /)"
        )
        export.add_argument(
            "--transpose", type=_semitones, metavar="N", default=0, help="N semitones up, or down with -N"
        )
        export.add_argument(
            "--capo", type=_fret, metavar="N", default=0, help="chords as shapes for a capo at fret N"
        )
        export.add_argument(
            "--names", choices=NAMINGS, default="names", help="chords of chordpro and pdf as degrees of the key"
        )
        export.add_argument(
            "--accidentals",
            choices=ACCIDENTALS,
            default="key",
            help="chords and keys in sharps or flats alone; else as the key writes them",
        )
        export.add_argument("--force", action="store_true", help="overwrite a file that is there")


def _json(parser: argparse.ArgumentParser, text: str) -> None:
    parser.add_argument("--json", action="store_true", help=text)


def _first_word(arguments: Sequence[str]) -> int:
    """Return where the options at the front end."""
    position = 0
    while position < len(arguments):
        argument = arguments[position]
        if argument in _TAKE_A_VALUE:
            position += 2
        elif argument.startswith("-") and argument not in {"-", "--"}:
            position += 1
        else:
            break
    return min(position, len(arguments))


def _parsed(
    parser: argparse.ArgumentParser, arguments: Sequence[str], namespace: argparse.Namespace
) -> argparse.Namespace:
    """Parse options and words in any order; what stands after ``--`` is files, whatever it looks like.

    argparse's own reading of ``--`` among intermixed arguments differs between Python versions.
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    after = arguments[end + 1 :]
    parsed, unknown = parser.parse_known_intermixed_args(arguments[:end], namespace)
    if unknown or (after and not hasattr(parsed, "files")):
        word = [*unknown, *after][0]
        if word.startswith("-"):
            parser.error(f"there is no option {word}; a file of that name is written as ./{word}")
        parser.error(f"{word} is one word too many")
    if after:
        parsed.files = [*parsed.files, *after]
    return parsed
