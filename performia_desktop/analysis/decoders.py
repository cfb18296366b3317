"""Opens a recording with libsndfile or FFmpeg, as a stream of blocks of samples.

The file may have been made to harm. So FFmpeg gets no protocol but files, no container that refers to other files
(playlists, concat, DASH), and no decoders but those of audio; a header's claims about rate, channels and length are
believed within bounds only; a block's size is bounded in samples, whatever the number of channels.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import soundfile
from numpy.typing import NDArray

from performia_desktop.analysis import containers
from performia_desktop.analysis.errors import AnalysisError

if TYPE_CHECKING:
    import av
    import av.container

Block = NDArray[np.float32]

_BLOCK_SEC: Final = 1.0
_BLOCK_SAMPLES: Final = 4 << 20  # of all channels together
_LOWEST_RATE: Final = 2_000
_HIGHEST_RATE: Final = 3_000_000  # DSD512 as FFmpeg hands it over
_MOST_CHANNELS: Final = 256
_OF_16_BITS: Final = np.float32(2.0**-15)
_LEAST_BITRATE: Final = 500  # of a lossless file of silence; a header that claims less lies about the length

_CONTAINERS: Final = (
    "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dsf,eac3,flac,iff,loas,matroska,mov,mp3,mpc,mpc8,ogg,tak,tta,w64,wav,wv,"
    "xwma"
)
_GUESSED_LENGTH: Final = frozenset({"aac", "ac3", "amr", "eac3", "loas", "mp3"})
"""Streams without a header: FFmpeg guesses their length from the bit rate of their beginning."""
_DECODERS: Final = (
    "aac,aac_latm,ac3,adpcm_ima_qt,adpcm_ima_wav,adpcm_ms,alac,amrnb,amrwb,ape,dsd_lsbf,dsd_lsbf_planar,dsd_msbf,"
    "dsd_msbf_planar,eac3,flac,gsm,gsm_ms,libopencore_amrnb,libopencore_amrwb,libopus,mp1float,mp2float,mp3float,"
    "mpc7,mpc8,opus,pcm_alaw,pcm_f32be,pcm_f32le,pcm_f64be,pcm_f64le,pcm_mulaw,pcm_s16be,pcm_s16be_planar,"
    "pcm_s16le,pcm_s16le_planar,pcm_s24be,pcm_s24le,pcm_s24le_planar,pcm_s32be,pcm_s32le,pcm_s32le_planar,"
    "pcm_s64be,pcm_s64le,pcm_s8,pcm_s8_planar,pcm_u16be,pcm_u16le,pcm_u24be,pcm_u24le,pcm_u32be,pcm_u32le,pcm_u8,"
    "tak,tta,vorbis,wavpack,wmalossless,wmapro,wmav1,wmav2,wmavoice"
)
_OPTIONS: Final = {
    "protocol_whitelist": "file",
    "format_whitelist": _CONTAINERS,
    "codec_whitelist": _DECODERS,
}
_FILE_ERRORS: Final = frozenset({errno.ENOENT, errno.EACCES, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE})
"""The disk's or the user's fault, not the content's."""


@dataclass(frozen=True, slots=True)
class Stream:
    """An opened decoder.

    Attributes
    ----------
    promised_sec : what its header promises, None where it promises nothing that can be believed
    decoder : ``"libsndfile"`` or ``"ffmpeg"``, with the format's name
    blocks : float32, shape (frames, channels) each
    """

    sample_rate: int
    channels: int
    promised_sec: float | None
    decoder: str
    blocks: Iterator[Block]


def open_sndfile(path: Path, promised: float | None) -> Stream:
    """Open a file with libsndfile.

    Raises
    ------
    soundfile.LibsndfileError
        Also from the blocks: an unknown format, or a bad spot in a known one.
    AnalysisError
        The header is impossible.
    """
    file = soundfile.SoundFile(os.fsencode(path) if os.name == "posix" else str(path))
    rate, channels = file.samplerate, file.channels
    if not _possible(rate, channels):
        file.close()
        raise _impossible(rate, channels)
    size = _block_frames(rate, channels)

    # As they lie there: libsndfile takes five times as long as NumPy to make float32 of them.
    as_is = file.subtype == "PCM_16" and file.format != "FLAC"

    def blocks() -> Iterator[Block]:
        with file:
            while len(block := file.read(size, dtype="int16" if as_is else "float32", always_2d=True)):
                yield block * _OF_16_BITS if as_is else block

    length = _believable(file.frames / rate, path)
    name = f"libsndfile {file.format} {file.subtype}"
    return Stream(rate, channels, max(length, _believable(promised, path)) or None, name, blocks())


def open_ffmpeg(path: Path, promised: float | None, first: str) -> Stream:
    """Open a file with FFmpeg; `first` is why libsndfile could not, for the details.

    Raises
    ------
    AnalysisError
        ``not-audio`` or ``damaged``, also from the blocks.
    OSError
        The file cannot be read.
    """
    import av  # 0.2 s, and seldom needed

    av.logging.set_level(None)
    try:
        container = av.open(f"file:{path}", options=dict(_OPTIONS), metadata_errors="replace")
    except MemoryError:
        raise
    except (av.FFmpegError, ValueError) as error:
        _raise_if_file_error(error, path)
        raise undecodable(path, _told(first, error)) from error
    stream = next((one for one in container.streams.audio if one.codec_context is not None), None)
    rate, channels = (stream.rate or 0, stream.channels or 0) if stream is not None else (0, 0)
    if stream is None or not rate or not channels:
        container.close()
        raise undecodable(path, _told(first, f"no audio stream in {container.format.name}"))
    if not _possible(rate, channels):
        container.close()
        raise _impossible(rate, channels)
    length = container.duration / 1_000_000 if container.duration and container.duration > 0 else 0.0
    if stream.duration and stream.time_base:
        length = float(stream.duration * stream.time_base)
    if container.format.name in _GUESSED_LENGTH:
        length = 0.0
    length = max(_believable(length, path), _believable(promised, path))
    name = f"ffmpeg {container.format.name} {stream.codec_context.name}"
    frames = _frames(path, container, stream)
    return Stream(rate, channels, length or None, name, _joined(frames, _block_frames(rate, channels)))


def _frames(path: Path, container: av.container.InputContainer, stream: av.AudioStream) -> Iterator[Block]:
    """Yield what the codec makes of each packet; packets that it cannot read are passed over while they are few."""
    import av

    # Whatever comes on the way, it becomes what the stream began with. Not planar: from 8 channels on, PyAV runs
    # past the end of FFmpeg's list of planes.
    layout, rate, channels = stream.layout.name, stream.rate, stream.channels

    def new_resampler() -> av.AudioResampler:
        return av.AudioResampler(format="flt", layout=layout, rate=rate)

    resampler = new_resampler()
    packet = None
    good = bad = 0
    with container:
        packets = container.demux(stream)
        while True:
            try:
                packet = next(packets, None)
                frames = packet.decode() if packet is not None else [None]
                blocks = []
                for frame in frames:
                    try:
                        blocks += resampler.resample(frame)
                    except ValueError:  # the format changes on the way
                        blocks += resampler.resample(None)
                        resampler = new_resampler()
                        blocks += resampler.resample(frame)
                good += 1
            except MemoryError:
                raise
            except (av.FFmpegError, ValueError) as error:
                _raise_if_file_error(error, path)
                bad += 1
                if packet is None or (bad > 20 and bad > good):
                    raise undecodable(path, _told("", error)) from error
                continue
            for block in blocks:
                yield block.to_ndarray().reshape(-1, channels).astype(np.float32, copy=False)
            if packet is None:
                return


def _joined(frames: Iterator[Block], size: int) -> Iterator[Block]:
    """Join codec frames (about a thousand samples each) to blocks worth resampling."""
    waiting: list[Block] = []
    count = 0
    for frame in frames:
        waiting.append(frame)
        count += len(frame)
        if count >= size:
            yield np.concatenate(waiting)
            waiting, count = [], 0
    if waiting:
        yield np.concatenate(waiting)


def _possible(rate: int, channels: int) -> bool:
    return _LOWEST_RATE <= rate <= _HIGHEST_RATE and 1 <= channels <= _MOST_CHANNELS


def _block_frames(rate: int, channels: int) -> int:
    return max(1, min(int(_BLOCK_SEC * rate), _BLOCK_SAMPLES // channels))


def _believable(seconds: float | None, path: Path) -> float:
    """Return a promised length, 0 where the file is far too small for it."""
    if not seconds or seconds < 0 or seconds * _LEAST_BITRATE > 8 * path.stat().st_size:
        return 0.0
    return seconds


def _raise_if_file_error(error: Exception, path: Path) -> None:
    if not isinstance(error, OSError) or error.errno not in _FILE_ERRORS:
        return
    if error.errno == errno.EIO and _can_be_read(path):
        return  # FFmpeg says EIO of nonsense in Matroska, too
    raise error


def _can_be_read(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            while file.read(1 << 20):
                pass
    except OSError:
        return False
    return True


def _impossible(rate: int, channels: int) -> AnalysisError:
    return AnalysisError(
        "damaged",
        f"This file says that it has {channels} channels of {rate} samples a second, which no recording has. "
        "It is damaged; copy or download it again and retry.",
    )


def _told(sndfile: str, ffmpeg: Exception | str) -> str:
    """Return what was tried, for who opens the details: without paths, numbers and what a library says by habit."""
    reason = getattr(ffmpeg, "strerror", None) or str(ffmpeg)
    tried = [("libsndfile", sndfile), ("FFmpeg", reason)]
    heard = [f"{name}: {what.strip().rstrip('.')}." for name, what in tried if what]
    return "\n".join(
        ["Two libraries tried to read it, and this is why they could not.", *heard] if sndfile else heard
    )


def undecodable(path: Path, details: str) -> AnalysisError:
    """Return the error for a file of which nothing can be decoded."""
    match containers.writing(path):
        case "text":
            return AnalysisError(
                "not-audio", "There is text in this file, not a recording. Add the recording itself.", details
            )
        case "web page":
            return AnalysisError(
                "not-audio",
                "There is a web page in this file, not a recording: the download failed, or it asked for a login. "
                "Download it again.",
                details,
            )
    kind = containers.recognise(path)
    if kind:
        return AnalysisError(
            "damaged",
            f"This {kind} file is damaged (it may not have been downloaded to the end). "
            "Copy or download it again and retry.",
            details,
        )
    return AnalysisError(
        "not-audio",
        "There is no audio in this file that can be decoded. "
        "Check it in an audio player, or convert it to FLAC or WAV.",
        details,
    )
