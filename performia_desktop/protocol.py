"""The messages between the program and its analysis child: one JSON object a line, typed on both sides.

The parent writes `Analyse` to the child's stdin; the child answers on its stdout with `Ready` once, then any
number of `Progress`, then exactly one `Done` or `Failed` for each `Analyse`. An `Outline` is answered by `Outlined` or
`Failed`, a `Decode` by `Decoded` or `Failed`. End of file on stdin ends the child.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

STAGES: Final = (
    "decode",
    "features",
    "beat",
    "meter",
    "chord",
    "key",
    "melody",
    "bass",
    "segment",
    "lyrics",
    "write",
)
"""The stages of an analysis, in order, by the field's names."""

FAILURE_CODES: Final = (
    "missing",  # the file, or the disk it was on, is gone
    "permission",  # the file may not be read
    "not-audio",  # nothing in it can be decoded
    "damaged",  # it decodes in part only
    "too-long",
    "too-short",
    "memory",
    "disk-full",
    "results",  # the results folder cannot be written
    "crashed",  # the child ended without an answer
    "hung",  # the child gave no sign of life
    "bug",  # everything else: `details` has the traceback
)


ONLY_DECODES: Final = "--only-decodes"
"""Tells a child to be ready at once, without what an analysis needs."""


class ProtocolError(ValueError):
    """A line is not a message of this protocol."""


@dataclass(frozen=True, slots=True)
class Analyse:
    """Analyse one file; write its Song Map; keep finished stages under `checkpoint_dir`.

    With a folder `waveforms`, the recording's waveform is left there for the song's window; `lyrics_model` is the
    folder of a model that recognises sung words.
    """

    job_id: str
    input_file: str
    song_map_path: str
    checkpoint_dir: str
    waveforms: str = ""
    lyrics_model: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """Only decode a file, see that it is the recording of `content_hash`, and leave its waveform in a folder."""

    job_id: str
    input_file: str
    content_hash: str
    waveforms: str


@dataclass(frozen=True, slots=True)
class Outlined:
    """The waveform is on disk."""

    job_id: str
    path: str


@dataclass(frozen=True, slots=True)
class Ready:
    """The child has imported what it needs and waits for work."""

    pid: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a job stands: `progress` 0-1, never falling; `stage` is one of STAGES."""

    job_id: str
    progress: float
    stage: str


@dataclass(frozen=True, slots=True)
class Done:
    """The Song Map is on disk; what the job table shows of it (None where the song has none)."""

    job_id: str
    song_map_path: str
    content_hash: str
    duration_sec: float
    title: str | None
    artist: str | None
    tempo_bpm: float | None
    key: str | None


@dataclass(frozen=True, slots=True)
class Failed:
    """The job ended without a map. `message` is a sentence with a remedy; `code` is one of FAILURE_CODES."""

    job_id: str
    code: str
    message: str
    details: str


@dataclass(frozen=True, slots=True)
class Decode:
    """Only decode a file, to be played, into a WAV file (16 bits, two channels at most)."""

    job_id: str
    input_file: str
    wav: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """The WAV file is there, whole."""

    job_id: str
    wav: str


Message = Analyse | Outline | Decode | Ready | Progress | Done | Outlined | Decoded | Failed

_TYPES: Final[dict[str, type[Any]]] = {
    "analyse": Analyse,
    "outline": Outline,
    "ready": Ready,
    "progress": Progress,
    "done": Done,
    "outlined": Outlined,
    "decode": Decode,
    "decoded": Decoded,
    "failed": Failed,
}
_LARGEST: Final = 1e300  # not infinite, not too large for a double, and no NaN either
_NAMES: Final = {cls: name for name, cls in _TYPES.items()}


def encode(message: Message) -> str:
    """Return the message as one line of ASCII JSON, newline included."""
    return json.dumps({"type": _NAMES[type(message)], **asdict(message)}, allow_nan=False) + "\n"


def decode(line: str) -> Message:
    """Return the message in a line.

    Raises
    ------
    ProtocolError
        The line is not JSON, names no known type, or has other fields, field types or values than that type.
    """
    try:
        data = json.loads(line)
        cls = _TYPES[data.pop("type")]
        message: Message = cls(**data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ProtocolError(f"not a message: {line[:200]!r}") from error
    for field in fields(message):
        if not _fits(getattr(message, field.name), str(field.type)):
            raise ProtocolError(f"{field.name} is not {field.type}: {line[:200]!r}")
    if isinstance(message, Progress) and message.stage not in STAGES:
        raise ProtocolError(f"not a stage: {message.stage[:200]!r}")
    return message


def _fits(value: object, annotation: str) -> bool:
    if value is None:
        return annotation.endswith("| None")
    kind = annotation.removesuffix(" | None")
    if kind == "float":
        return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _LARGEST
    if kind == "int":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str)
