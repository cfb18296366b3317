"""What libsndfile hands over, whichever way it is asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from performia_desktop.analysis.decoders import open_sndfile


@pytest.mark.parametrize(
    "kind", ["WAV PCM_16", "AIFF PCM_16", "FLAC PCM_16", "WAV PCM_24", "WAV PCM_U8", "WAV FLOAT"]
)
@pytest.mark.parametrize("channels", [1, 2, 3])
def test_samples_are_what_libsndfile_makes_of_them(tmp_path: Path, kind: str, channels: int) -> None:
    path, rng = tmp_path / "song", np.random.default_rng(channels)
    samples = rng.integers(-32768, 32768, (30_000, channels)).astype(np.int16)
    samples[:2] = [[-32768], [32767]]
    container, subtype = kind.split()
    soundfile.write(path, samples, 22050, format=container, subtype=subtype)
    blocks = np.concatenate(list(open_sndfile(path, None).blocks))
    assert blocks.dtype == np.float32
    np.testing.assert_array_equal(blocks, soundfile.read(path, dtype="float32", always_2d=True)[0])
