"""The networks' inference: pieces, transposition and shapes, with random weights of the shipped layout."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from performia_desktop.analysis import net


def _beat_weights() -> dict[str, net.F32]:
    rng = np.random.default_rng(1)
    shapes = {
        "mean": (81,),
        "scale": (81,),
        "first.weight": (5, 81, 8),
        "first.bias": (8,),
        "second.weight": (3, 8, 8),
        "second.bias": (8,),
        "out.weight": (1, 8, 6),
        "out.bias": (6,),
    }
    for k in range(9):
        shapes |= {f"blocks.{k}.wide.weight": (5, 8, 8), f"blocks.{k}.wide.bias": (8,)}
        shapes |= {f"blocks.{k}.back.weight": (1, 8, 8), f"blocks.{k}.back.bias": (8,)}
    weights = {name: (rng.standard_normal(shape) * 0.2).astype(np.float32) for name, shape in shapes.items()}
    return weights | {"scale": np.ones(81, np.float32)}


def _chord_weights() -> dict[str, net.F32]:
    rng = np.random.default_rng(2)
    heads = len(net.QUALITIES) + 2
    shapes = {
        "enter.weight": (146, 8),
        "time1.weight": (5, 8, 8),
        "mix.weight": (12, 8, 4),
        "join.weight": (12, 8),
        "time2.weight": (5, 8, 8),
        "time3.weight": (5, 8, 8),
        "heads.weight": (8, heads),
        "none.weight": (8, 1),
    }
    weights = {}
    for name, shape in shapes.items():
        weights[name] = (rng.standard_normal(shape) * 0.2).astype(np.float32)
        weights[name.replace("weight", "bias")] = (rng.standard_normal(shape[-1]) * 0.1).astype(np.float32)
    return weights


def test_beats_of_a_long_recording_are_the_same_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    bands, notes = rng.random((4000, 73)).astype(np.float16), rng.random((1700, 84)).astype(np.float16)
    whole = net.beat_evidence(bands, notes, _beat_weights())
    monkeypatch.setattr(net, "_BEAT_PIECE", 900)
    pieces = net.beat_evidence(bands, notes, _beat_weights())
    assert whole.beat.shape == (4000,)
    assert whole.meter.shape == (4000, 3)
    np.testing.assert_allclose(pieces.beat, whole.beat, atol=1e-5)
    np.testing.assert_allclose(pieces.ternary, whole.ternary, atol=1e-5)


def test_chords_of_a_long_recording_are_the_same_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    notes, spectrum = (rng.random((2001, 84)).astype(np.float16) for _ in range(2))
    whole = net.chord_evidence(notes, spectrum, _chord_weights())
    monkeypatch.setattr(net, "_CHORD_PIECE", 150)
    pieces = net.chord_evidence(notes, spectrum, _chord_weights())
    assert whole.shape == (1000, 12 * len(net.QUALITIES) + 1)
    np.testing.assert_allclose(pieces, whole, atol=1e-5)


def test_transposed_music_gives_transposed_evidence() -> None:
    rng = np.random.default_rng(5)
    notes = np.zeros((400, 84), np.float16)
    notes[:, 24:60] = rng.random((400, 36))
    here = net.chord_evidence(notes, notes, _chord_weights())
    there = net.chord_evidence(np.roll(notes, 12, axis=1), np.roll(notes, 12, axis=1), _chord_weights())
    up = net.chord_evidence(np.roll(notes, 1, axis=1), np.roll(notes, 1, axis=1), _chord_weights())
    assert here.shape == there.shape
    quality, root = np.divmod(np.arange(12 * len(net.QUALITIES)), 12)
    moved = quality * 12 + (root + 1) % 12
    inner = [k for k in range(len(moved)) if root[k] < 11]  # the twelfth root looks one octave lower
    # every root's window moves with the music, save for the wrap at B
    first = here[:, inner] - here[:, [0]]
    second = up[:, moved[inner]] - up[:, [1]]
    assert np.corrcoef(first.ravel(), second.ravel())[0, 1] > 0.9


def test_weights_are_read_as_float32(tmp_path: Path) -> None:
    np.savez(tmp_path / "w.npz", **{"a.weight": np.ones((2, 2), np.float16)})
    weights = net.load(tmp_path / "w.npz")
    assert weights["a.weight"].dtype == np.float32


def test_harmonic_change_peaks_where_the_chord_changes() -> None:
    notes = np.zeros((200, 84), np.float16)
    notes[:100, [24, 28, 31]] = 1
    notes[100:, [26, 29, 33]] = 1
    change = net.harmonic_change(notes, 460)
    at = np.argmax(change[50:-50, 2]) + 50
    assert abs(at / net.BEAT_FPS - 100 * net.VIEW_HOP / net.RATE) < 0.05
