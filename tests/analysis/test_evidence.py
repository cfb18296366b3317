"""The shipped networks: small, documented, finite, and they hear what is there."""

from __future__ import annotations

import numpy as np
import pytest

from performia_desktop.analysis import line_net, net
from performia_desktop.analysis.chroma import means
from performia_desktop.analysis.evidence import Evidence
from performia_desktop.analysis.features import extract
from performia_desktop.assets import resource
from tests.analysis import synth
from tests.analysis.conftest import Known


@pytest.mark.parametrize("name", ["beat", "chord", "key", "melody", "bass"])
def test_weights_are_float16_and_have_a_card(name: str) -> None:
    with np.load(resource("models", f"{name}.npz"), allow_pickle=False) as stored:
        assert {stored[part].dtype for part in stored.files} == {np.dtype(np.float16)}
    card = resource("models", f"{name}.md").read_text("utf-8")
    assert all(word in card for word in ("Learned from", "Licence", "seed", "held out"))


def test_all_weights_together_are_small() -> None:
    assert sum(path.stat().st_size for path in resource("models").iterdir()) < 5_000_000


@pytest.mark.parametrize("song", ["pop", "waltz"])
def test_beats_and_downbeats_stand_out(song: str, request: pytest.FixtureRequest) -> None:
    known: Known = request.getfixturevalue(song)
    heard = known.evidence.beat
    between = (known.beats[1:] + known.beats[:-1]) / 2
    assert net.peaks(heard.beat, known.beats).mean() > net.peaks(heard.beat, between).mean() + 1
    first = np.arange(len(known.beats)) % known.meter == 0
    downbeats = net.peaks(heard.downbeat, known.beats)
    assert downbeats[first].mean() > downbeats[~first].mean() + 0.5


def test_chords_stand_out(pop: Known) -> None:
    heard = pop.evidence.chord
    bars = np.append(pop.beats[:: pop.meter], pop.beats[-1])[: len(pop.chords) + 1]
    triads = means(heard[:, :24], bars - net.CHORD_LAG, net.CHORD_FPS)
    wanted = [root + 12 * (quality == "min") for root, quality in pop.chords[: len(triads)]]
    assert np.mean(triads.argmax(axis=1) == wanted) > 0.9
    np.testing.assert_allclose(np.exp(heard).sum(axis=1), 1, rtol=1e-3)


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.5])
def test_next_to_nothing_is_no_error(seconds: float) -> None:
    evidence = Evidence(extract(synth.noise(seconds), seconds))
    assert np.isfinite(evidence.beat.beat).all()
    assert np.isfinite(evidence.chord).all()


def test_applause_does_not_change_what_leads_in_the_song() -> None:
    steps = [72, 74, 76, 79, 76, 74, 72, 72, 69, 72, 74, 76, 77, 76, 74, 72] * 2
    tune = [(0.5 + 0.5 * k, synth.tone(midi, 0.45, 0.3, decay=1.5)) for k, midi in enumerate(steps)]
    song = synth.mix(17, tune)
    beats = 0.5 + 0.5 * np.arange(len(steps))
    clean, clapped = (
        Evidence(extract(sound, len(sound) / synth.RATE))
        for sound in (song, np.concatenate([song, synth.noise(12, 0.3)]))
    )
    sung = slice(0, int(15 * line_net.FPS))
    heard = []
    for evidence in (clean, clapped):
        evidence.settle(beats)
        heard.append(np.exp(evidence.lead.pitch[sung, -1]))
    assert np.abs(heard[0] - heard[1]).mean() < 0.05
