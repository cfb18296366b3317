"""Checks a Song Map: its JSON Schema first, then the rules that a schema cannot say."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from performia_desktop.assets import resource

if TYPE_CHECKING:
    import jsonschema_rs

_TOLERANCE = 0.0011  # two times rounded to 3 decimals


class InvalidSongMap(ValueError):
    """The data is not a Song Map; the message names the field and what is wrong with it."""


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(json.loads(resource("song_map.schema.json").read_text("utf-8")))


def validate(data: Mapping[str, Any]) -> None:
    """Accept a valid Song Map's JSON data.

    Raises
    ------
    InvalidSongMap
        A field is missing or of the wrong type; times do not ascend or leave [0, duration_sec]; a downbeat is no
        beat; chords, key or sections leave a gap or overlap; notes overlap.
    """
    try:
        _validator().validate(data)
        _keep_rules(data)
    except InvalidSongMap:
        raise
    except (ValueError, OverflowError) as error:
        # The schema's errors know their place; without one come numbers that are too large, lists in lists without
        # end, and halves of characters.
        steps = getattr(error, "instance_path", ())
        place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
        raise InvalidSongMap(f"${place}: {getattr(error, 'message', str(error))[:300]}") from None


def _keep_rules(data: Mapping[str, Any]) -> None:
    """Accept data of the schema's shape that keeps what no schema can say."""
    duration = float(data["duration_sec"])
    # Half a character passes the schema, and cannot be shown or written.
    "".join([data["title"], data["artist"], *(word["text"] for word in data["lyrics"])]).encode()
    _ascending("beats", data["beats"], duration)
    _ascending("downbeats", data["downbeats"], duration)
    if not set(data["downbeats"]) <= set(data["beats"]):
        raise InvalidSongMap("downbeats: every downbeat must be a beat")
    _ascending("tempo.curve", [point[0] for point in data["tempo"]["curve"]], duration)
    for name in ("key", "chords", "sections"):
        _tiles(name, data[name], duration)
    _disjoint("lyrics", data["lyrics"], duration)
    for name in ("melody", "bass"):
        _disjoint(f"performance.{name}", data["performance"][name], duration)


def _ascending(name: str, times: Sequence[float], duration: float) -> None:
    if any(b <= a for a, b in pairwise(times)):
        raise InvalidSongMap(f"{name}: times must ascend")
    if times and (times[0] < 0 or times[-1] > duration + _TOLERANCE):
        raise InvalidSongMap(f"{name}: a time lies outside the song")


def _disjoint(name: str, spans: Sequence[Mapping[str, Any]], duration: float) -> None:
    if any(span["end"] <= span["start"] for span in spans):
        raise InvalidSongMap(f"{name}: an item ends before it starts")
    if any(b["start"] < a["end"] for a, b in pairwise(spans)):
        raise InvalidSongMap(f"{name}: items overlap or are out of order")
    if spans and (spans[0]["start"] < 0 or spans[-1]["end"] > duration + _TOLERANCE):
        raise InvalidSongMap(f"{name}: an item lies outside the song")


def _tiles(name: str, spans: Sequence[Mapping[str, Any]], duration: float) -> None:
    _disjoint(name, spans, duration)
    if not spans:
        return
    if any(b["start"] != a["end"] for a, b in pairwise(spans)):
        raise InvalidSongMap(f"{name}: there is a gap")
    if spans[0]["start"] != 0 or abs(spans[-1]["end"] - duration) > _TOLERANCE:
        raise InvalidSongMap(f"{name}: the song is not covered")
