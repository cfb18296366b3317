"""The whole analysis of the demo song, whose truth is known from its score."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import mir_eval
import numpy as np
import pytest

from performia_desktop import demo
from performia_desktop.analysis import audio, outline, pipeline, segment
from performia_desktop.protocol import Analyse, Progress
from performia_desktop.songmap import waveform
from performia_desktop.songmap.file import read
from performia_desktop.songmap.model import SongMap


def analyse(song: Path, folder: Path, emit: object = None) -> SongMap:
    """Run the pipeline in this process and read the map back."""
    request = Analyse("0000000a", str(song), str(folder / "map.json"), str(folder / "checkpoints"))
    request = replace(request, waveforms=str(folder / "waveforms"))
    pipeline.run(request, emit if callable(emit) else lambda _: None)
    return read(folder / "map.json")


@pytest.fixture(scope="module")
def found(whole_demo_song: Path, tmp_path_factory: pytest.TempPathFactory) -> SongMap:
    folder = tmp_path_factory.mktemp("found")
    song = analyse(whole_demo_song, folder)
    assert [path.suffix for path in (folder / "waveforms").iterdir()] == [".peaks"]
    return song


@pytest.fixture(scope="module")
def truth() -> SongMap:
    return demo.truth()


def test_the_waveform_is_left_for_the_window(whole_demo_song: Path, tmp_path: Path) -> None:
    recording = audio.decode(whole_demo_song)
    content = audio.probe(whole_demo_song).content_hash
    outline.keep(recording.samples, str(tmp_path), content)
    path = waveform.place(tmp_path, content)
    kept = waveform.load(path) if path else None
    assert kept is not None
    assert len(kept.peaks) / kept.rate == pytest.approx(recording.duration_sec, abs=0.01)
    assert np.abs(kept.peaks.astype(int)).max() == waveform.FULL


def test_a_steady_song_has_one_steady_tempo(found: SongMap) -> None:
    assert found.tempo.bpm_global == 112.0
    assert [bpm for _, bpm in found.tempo.curve] == [112.0]
    assert (found.meter.numerator, found.meter.denominator) == (4, 4)


def test_beats_and_bars_are_where_they_were_played(found: SongMap, truth: SongMap) -> None:
    for mine, true in ((found.beats, truth.beats), (found.downbeats, truth.downbeats)):
        assert mir_eval.beat.f_measure(np.array(true), np.array(mine)) > 0.95


def test_key_and_chords_are_those_of_the_score(found: SongMap, truth: SongMap) -> None:
    assert found.main_key == "Eb major"
    intervals = [np.array([[c.start, c.end] for c in song.chords]) for song in (truth, found)]
    labels = [[c.label for c in song.chords] for song in (truth, found)]
    scores = mir_eval.chord.evaluate(intervals[0], labels[0], intervals[1], labels[1])
    assert scores["majmin"] > 0.9
    assert all("#" not in label for label in labels[1]), "spelled as E flat major writes it"


def test_two_analyses_of_a_song_differ_in_nothing_but_times(
    found: SongMap, whole_demo_song: Path, tmp_path: Path
) -> None:
    again = analyse(whole_demo_song, tmp_path)

    def timeless(song: SongMap) -> str:
        kept = {k: v for k, v in song.provenance.items() if k not in {"created", "wall_sec", "stages"}}
        return json.dumps(replace(song, provenance=kept).to_json())

    assert timeless(again) == timeless(found), "byte for byte"


def test_an_interrupted_analysis_goes_on_from_its_last_finished_stage(
    found: SongMap, whole_demo_song: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pull_the_plug(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(segment, "sections", pull_the_plug)
        analyse(whole_demo_song, tmp_path)
    assert not (tmp_path / "map.json").exists()
    seen: list[Progress] = []
    resumed = analyse(whole_demo_song, tmp_path, seen.append)
    assert resumed.provenance["resumed"] == ["features", "beat", "meter", "chord", "key", "melody", "bass"]
    assert replace(resumed, provenance={}) == replace(found, provenance={})
    assert [one.progress for one in seen] == sorted(one.progress for one in seen)
    assert seen[-1].progress == 1.0
    assert not (tmp_path / "checkpoints").exists()
