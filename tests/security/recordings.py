"""Short recordings in every format that the program reads, made with soundfile and FFmpeg, with tags in them."""

from __future__ import annotations

import io
from typing import Any

import av
import numpy as np
import soundfile
from numpy.typing import NDArray

RATE = 22050
SECONDS = 1.0

_SNDFILE = {
    "wav": ("WAV", "PCM_16"),
    "wav-24": ("WAV", "PCM_24"),
    "wav-float": ("WAV", "FLOAT"),
    "wav-double": ("WAV", "DOUBLE"),
    "wav-ima": ("WAV", "IMA_ADPCM"),
    "wav-ms": ("WAV", "MS_ADPCM"),
    "wav-ulaw": ("WAV", "ULAW"),
    "wav-gsm": ("WAV", "GSM610"),
    "rf64": ("RF64", "PCM_16"),
    "w64": ("W64", "PCM_16"),
    "flac": ("FLAC", "PCM_16"),
    "ogg": ("OGG", "VORBIS"),
    "opus": ("OGG", "OPUS"),
    "mp3": ("MP3", "MPEG_LAYER_III"),
    "aiff": ("AIFF", "PCM_16"),
    "aifc": ("AIFF", "FLOAT"),
    "caf": ("CAF", "PCM_16"),
    "caf-alac": ("CAF", "ALAC_16"),
    "au": ("AU", "PCM_16"),
}
_FFMPEG = {
    "m4a": ("ipod", "aac"),
    "m4a-alac": ("ipod", "alac"),
    "mp4": ("mp4", "aac"),
    "aac": ("adts", "aac"),
    "wma": ("asf", "wmav2"),
    "wma-1": ("asf", "wmav1"),
    "webm": ("webm", "libopus"),
    "mka": ("matroska", "flac"),
    "oga": ("ogg", "flac"),
}
_SUFFIX = {"rf64": "wav", "wma-1": "wma", "aifc": "aifc"}

FORMATS = (*_SNDFILE, *_FFMPEG)


def suffix(name: str) -> str:
    """Return the file extension that goes with a format."""
    return _SUFFIX.get(name, name.partition("-")[0])


def sound(seconds: float = SECONDS, rate: int = RATE) -> NDArray[np.float32]:
    """Return a chord with a pulse."""
    t = np.arange(int(seconds * rate)) / rate
    chord = sum(np.sin(2 * np.pi * f * t) for f in (110.0, 220.0, 277.2, 329.6))
    return (0.2 * chord * (1.0 - 0.9 * (t * 4 % 1))).astype(np.float32)


def make(name: str, title: str = "A Title", artist: str = "An Artist") -> bytes:
    """Return a recording of `SECONDS` in one of FORMATS."""
    if name in _SNDFILE:
        tag = id3(title, artist) if name == "mp3" else b""
        return tag + _with_sndfile(*_SNDFILE[name], title, artist)
    return with_ffmpeg(*_FFMPEG[name], sound(rate=44100), {"title": title, "artist": artist})


def id3(title: str, artist: str) -> bytes:
    """Return an ID3v2.3 tag, by hand: text in UTF-16, which holds anything, lone surrogates as well."""
    frames = b""
    for name, text in ((b"TIT2", title), (b"TPE1", artist)):
        body = b"\x01" + ("\ufeff" + text).encode("utf-16-le", "surrogatepass")
        frames += name + len(body).to_bytes(4, "big") + b"\0\0" + body
    size = len(frames)
    return b"ID3\x03\0\0" + bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0)) + frames


def _with_sndfile(kind: str, subtype: str, title: str, artist: str) -> bytes:
    rate = 48000 if subtype == "OPUS" else RATE
    buffer = io.BytesIO()
    with soundfile.SoundFile(buffer, "w", rate, 1, subtype, format=kind) as file:
        if kind not in {"AU", "W64", "MP3"}:  # which have no place for them there
            file.title = title
            file.artist = artist
        file.write(sound(rate=rate))
    return buffer.getvalue()


def with_ffmpeg(
    kind: str,
    codec: str,
    samples: NDArray[np.float32],
    metadata: dict[str, str] | None = None,
    *,
    rate: int = 0,
) -> bytes:
    """Return mono samples (at 44.1 kHz, 48 for Opus) as FFmpeg writes them."""
    rate = rate or (48000 if codec == "libopus" else 44100)
    buffer = io.BytesIO()
    options: dict[str, Any] = {"format": kind}
    with av.open(buffer, "w", **options) as container:
        container.metadata.update(metadata or {})
        stream = container.add_stream(codec, rate=rate)
        stream.layout = "mono"
        stream.bit_rate = 96_000
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="flt", layout="mono")
        frame.sample_rate, frame.pts = rate, 0
        stream.open()
        size = stream.codec_context.frame_size
        resampler = av.AudioResampler(stream.codec_context.format, "mono", rate, frame_size=size or 0)
        for piece in resampler.resample(frame) + resampler.resample(None):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return buffer.getvalue()
