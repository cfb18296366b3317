"""What the networks hear, computed by the product's own feature code so that both see the same numbers.

Three views, float16: `bands` at 50.1 frames a second (every other frame of the onset view, neighbouring bands
averaged), and at 21.5 frames a second `notes` (square root of the note activations) and `spectrum` (cube root of
the semitone spectrum before whitening), each divided by its 99.7th percentile.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performia_desktop.analysis import features, net

Views = dict[str, NDArray[np.float16]]


def views(samples: NDArray[np.float32]) -> Views:
    """Return bands (T, 73), notes (P, 84) and spectrum (P, 84) of a mono recording at 22.05 kHz."""
    made = features.extract(samples, len(samples) / net.RATE)
    return {"bands": made.bands, "notes": net.note_view(made.notes), "spectrum": made.spectrum}
