"""What the networks hear, computed with the product's own feature code so that both see the same numbers.

Three views, float16: `bands` at 50.1 frames a second (every other frame of the onset view, neighbouring bands
averaged), and at 21.5 frames a second `notes` (square root of the note activations) and `spectrum` (cube root of
the semitone spectrum before whitening), each divided by its 99.7th percentile.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performia_desktop.analysis import features, net

F32 = NDArray[np.float32]
Views = dict[str, NDArray[np.float16]]


def views(samples: F32) -> Views:
    """Return bands (T, 73), notes (P, 84) and spectrum (P, 84) of a mono recording at 22.05 kHz."""
    tuning = features.estimate_tuning(samples)
    notes, spectrum = _pitch(samples, tuning)
    return {"bands": net.band_view(_bands(samples)), "notes": notes, "spectrum": spectrum}


def _bands(samples: F32) -> F32:
    filters, _ = features._log_bands()
    gain = features._gain(samples)
    hop = 2 * features.ONSET_HOP
    frames = features._frames(samples, features._ONSET_WINDOW, hop)
    return np.concatenate([np.log10(1 + gain * (features._magnitude(f) @ filters)) for f in frames])


def _pitch(samples: F32, tuning: float) -> tuple[NDArray[np.float16], NDArray[np.float16]]:
    """Follow the pitch view of the product and keep the spectrum that it explains."""
    kept: list[F32] = []
    whiten = features._whiten

    def keep(spectrum: F32) -> F32:
        kept.append(np.cbrt(spectrum.reshape(len(spectrum), -1, 3).max(axis=2)))
        return whiten(spectrum)

    features._whiten = keep
    try:
        notes = features._pitch_view(samples, features._gain(samples), tuning, lambda _: None)
    finally:
        features._whiten = whiten
    spectrum = np.concatenate(kept)
    return net.pitch_view(np.sqrt(notes.astype(np.float32))), net.pitch_view(spectrum)
