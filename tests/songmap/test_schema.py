"""Each rule of the Song Map, broken once."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema
import pytest

from performia_desktop.assets import resource
from performia_desktop.songmap.model import SECTION_LABELS, SongMap
from performia_desktop.songmap.schema import InvalidSongMap, validate

Json = dict[str, Any]


@pytest.fixture
def data(song: SongMap) -> Json:
    decoded: Json = json.loads(json.dumps(song.to_json()))
    return decoded


def put(data: Json, path: str, value: object) -> Json:
    """Return a copy with the value at a path such as ``key.0.start``."""
    changed = copy.deepcopy(data)
    *parents, last = (int(step) if step.isdigit() else step for step in path.split("."))
    at: Any = changed
    for step in parents:
        at = at[step]
    at[last] = value
    return changed


def test_a_valid_map_is_accepted(data: Json) -> None:
    validate(data)


@pytest.mark.parametrize("label", SECTION_LABELS)
def test_every_section_label_is_accepted(data: Json, label: str) -> None:
    validate(put(data, "sections.0.label", label))


BROKEN_SHAPES: dict[str, tuple[str, object]] = {
    "another version": ("schema_version", 2),
    "an empty id": ("id", ""),
    "a title that is no text": ("title", 7),
    "a negative duration": ("duration_sec", -1),
    "a time that is text": ("beats.0", "0.5"),
    "a negative time": ("beats.0", -0.5),
    "no beats in a bar": ("meter.numerator", 0),
    "a denominator that no note has": ("meter.denominator", 3),
    "a tempo of zero": ("tempo.bpm_global", 0),
    "a tempo curve of lone times": ("tempo.curve.0", [1.0]),
    "a confidence above one": ("chords.0.conf", 1.01),
    "a negative confidence": ("tempo.confidence", -0.1),
    "a tonic that is no note": ("key.0.tonic", "H"),
    "a mode that is not told apart": ("key.0.mode", "dorian"),
    "a chord as musicians write it": ("chords.0.label", "Cm7"),
    "a section of another name": ("sections.0.label", "Verse 2"),
    "a pitch that MIDI has not": ("performance.melody.0.midi", 128),
    "half a pitch": ("performance.bass.0.midi", 36.5),
    "words that are no text": ("lyrics.0.text", None),
    "a field that is unknown": ("mood", "happy"),
    "provenance that is no object": ("provenance", []),
}


@pytest.mark.parametrize(("path", "value"), BROKEN_SHAPES.values(), ids=BROKEN_SHAPES)
def test_a_broken_shape_is_refused_and_named(data: Json, path: str, value: object) -> None:
    with pytest.raises(InvalidSongMap) as refused:
        validate(put(data, path, value))
    assert path.split(".", maxsplit=1)[0] in str(refused.value)


def test_what_is_wrong_is_named_to_the_item_and_in_few_words(data: Json) -> None:
    with pytest.raises(InvalidSongMap, match=r'^\$\.chords\[1\]\.label: "x+$') as refused:
        validate(put(data, "chords.1.label", "x" * 1_000_000))
    assert len(str(refused.value)) < 400


HOSTILE: dict[str, tuple[str, object]] = {
    "a duration larger than a number": ("duration_sec", 10**400),
    "an endless duration": ("duration_sec", float("inf")),
    "a duration that is no number": ("duration_sec", float("nan")),
    "a beat larger than a number": ("beats.4", 10**400),
    "a beat longer than digits may be": ("beats.4", 10**5000),
    "beats in a bar that are larger than a number": ("meter.numerator", 10**400),
    "half a character in the title": ("title", "\ud800"),
    "half a character in a word": ("lyrics.0.text", "\udfff"),
    "half a character in a label": ("chords.0.label", "\ud800"),
    "half a character for a name": ("performance", {"\ud800": []}),
}


@pytest.mark.parametrize(("path", "value"), HOSTILE.values(), ids=HOSTILE)
def test_what_no_song_map_could_mean_is_refused(data: Json, path: str, value: object) -> None:
    with pytest.raises(InvalidSongMap):
        validate(put(data, path, value))


@pytest.mark.parametrize("depth", [100, 1000, 100_000])
def test_lists_in_lists_without_end_are_refused(data: Json, depth: int) -> None:
    deep: object = 1.0
    for _ in range(depth):
        deep = [deep]
    with pytest.raises(InvalidSongMap):
        validate(data | {"beats": deep})


def test_the_reference_implementation_takes_the_schema_as_we_do(data: Json) -> None:
    schema = json.loads(resource("song_map.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    reference = jsonschema.Draft202012Validator(schema)
    assert reference.is_valid(data)
    for path, value in BROKEN_SHAPES.values():
        assert not reference.is_valid(put(data, path, value)), path
    for path, value, _ in BROKEN_RULES.values():
        assert reference.is_valid(put(data, path, value)), path


def test_every_field_is_required(data: Json) -> None:
    for name in data:
        with pytest.raises(InvalidSongMap, match=name):
            validate({key: value for key, value in data.items() if key != name})


BROKEN_RULES: dict[str, tuple[str, object, str]] = {
    "beats out of order": ("beats.1", 1.2, "ascend"),
    "the same beat twice": ("beats.1", 0.0, "ascend"),
    "a beat after the end": ("beats.4", 8.5, "outside"),
    "a downbeat that is no beat": ("downbeats.1", 1.9, "downbeat"),
    "downbeats out of order": ("downbeats", [2.0, 0.0], "ascend"),
    "a tempo curve that goes back": ("tempo.curve.1.0", 0.0, "ascend"),
    "a tempo after the end": ("tempo.curve.1.0", 9.0, "outside"),
    "a key that ends before it starts": ("key.0.end", 0.0, "before it starts"),
    "keys with a gap": ("key.1.start", 5.5, "gap"),
    "keys that overlap": ("key.1.start", 4.5, "overlap"),
    "chords with a gap": ("chords.1.start", 4.001, "gap"),
    "chords that begin late": ("chords.0.start", 0.5, "covered"),
    "chords that end early": ("chords.1.end", 7.9, "covered"),
    "chords that end late": ("chords.1.end", 8.1, "outside"),
    "sections with a gap": ("sections.1.start", 3.6, "gap"),
    "sections that leave the end uncovered": ("sections.1.end", 7.0, "covered"),
    "words that overlap": ("lyrics.1.start", 1.2, "overlap"),
    "words after the end": ("lyrics.1.end", 8.2, "outside"),
    "a note without length": ("performance.melody.0.end", 1.0, "before it starts"),
    "notes that overlap": ("performance.melody.1.start", 1.4, "overlap"),
    "a bass note after the end": ("performance.bass.0.end", 9.0, "outside"),
}


@pytest.mark.parametrize(("path", "value", "said"), BROKEN_RULES.values(), ids=BROKEN_RULES)
def test_a_broken_rule_is_refused_and_named(data: Json, path: str, value: object, said: str) -> None:
    with pytest.raises(InvalidSongMap, match=said) as refused:
        validate(put(data, path, value))
    assert path.split(".", maxsplit=1)[0] in str(refused.value)


def test_an_end_may_be_off_by_its_rounding(data: Json) -> None:
    validate(put(data, "chords.1.end", 8.001))
