"""Why a song failed, in the user's language.

The row keeps the English sentence that the analysis or the queue has made: any program reads it. Analysis, exports and
corrections know no Qt, so here is each of their sentences once more, with what varies in braces; one that is not here
is shown as it is. `tests/gui/test_failures.py` holds the two against each other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

SENTENCES: Final = tuple(
    str(sentence)
    for sentence in (
        # the file
        QT_TRANSLATE_NOOP("failures", "This is a folder, not an audio file. Add the files in it instead."),
        QT_TRANSLATE_NOOP(
            "failures", "This is a pipe or a device, not an audio file. Save the sound to a file and add that."
        ),
        QT_TRANSLATE_NOOP("failures", "This file is empty (0 bytes). Copy it again from where it came from."),
        QT_TRANSLATE_NOOP(
            "failures",
            "The file is not there any more. Put it back, or connect the disk it was on, and retry.",
        ),
        QT_TRANSLATE_NOOP("failures", "The file cannot be found under this name. Rename it and add it again."),
        QT_TRANSLATE_NOOP(
            "failures",
            "The file could not be read to its end. Look whether its disk is still connected and sound, and retry.",
        ),
        QT_TRANSLATE_NOOP(
            "failures", "You have no permission to read this file. Allow it in the file's properties and retry."
        ),
        QT_TRANSLATE_NOOP(
            "failures", "It is not known where this song's file is. Delete the job and add it again."
        ),
        # what is in it
        QT_TRANSLATE_NOOP(
            "failures",
            "There is no sound in this file. Copy or download it again, or check it in an audio player.",
        ),
        QT_TRANSLATE_NOOP(
            "failures",
            "This file is damaged after {time} (it may not have been downloaded to the end). "
            "Copy or download it again and retry.",
        ),
        QT_TRANSLATE_NOOP(
            "failures",
            "This recording is {length} hours long; the limit is {limit} hours. Cut it into parts and add those.",
        ),
        QT_TRANSLATE_NOOP(
            "failures",
            "This file says that it has {channels} channels of {rate} samples a second, which no recording has. "
            "It is damaged; copy or download it again and retry.",
        ),
        QT_TRANSLATE_NOOP(
            "failures",
            "This {kind} file is damaged (it may not have been downloaded to the end). "
            "Copy or download it again and retry.",
        ),
        QT_TRANSLATE_NOOP(
            "failures",
            "There is no audio in this file that can be decoded. "
            "Check it in an audio player, or convert it to FLAC or WAV.",
        ),
        QT_TRANSLATE_NOOP("failures", "There is text in this file, not a recording. Add the recording itself."),
        QT_TRANSLATE_NOOP(
            "failures",
            "There is a web page in this file, not a recording: the download failed, or it asked for a login. "
            "Download it again.",
        ),
        QT_TRANSLATE_NOOP(
            "failures", "The audio file is not the one that was analysed. Put that back to see its waveform."
        ),
        # the computer
        QT_TRANSLATE_NOOP("failures", "The disk is full. Free some space and retry."),
        QT_TRANSLATE_NOOP(
            "failures",
            "The waveform could not be kept. Free some space, or check that the data folder can be written.",
        ),
        QT_TRANSLATE_NOOP(
            "failures",
            "The results folder {folder} cannot be written. Allow it, or choose another data folder, and retry.",
        ),
        QT_TRANSLATE_NOOP(
            "failures",
            "The Song Map was written but is not there. Check the results folder, then retry.",
        ),
        QT_TRANSLATE_NOOP(
            "failures", "The Song Map of this job is gone. Retry the job to analyse the song again."
        ),
        QT_TRANSLATE_NOOP(
            "failures",
            "There was not enough memory. Close other programs, or analyse fewer songs at once, and retry.",
        ),
        QT_TRANSLATE_NOOP(
            "failures",
            "There was not enough memory for this song. Close other programs or analyse fewer songs at once, "
            "then retry.",
        ),
        QT_TRANSLATE_NOOP(
            "failures",
            "The analysis was ended by the system, as happens when memory runs out. Close other programs or "
            "analyse fewer songs at once, then retry.",
        ),
        QT_TRANSLATE_NOOP(
            "failures",
            "The analysis could not be started ({reason}). Close other programs, or install Performia again; then "
            "retry.",
        ),
        # what the user wants of it
        QT_TRANSLATE_NOOP(
            "failures", "The corrections in {path} cannot be read. Move the file away to begin anew."
        ),
        QT_TRANSLATE_NOOP("failures", "There is no sound in this file."),
        QT_TRANSLATE_NOOP("failures", "The audio could not be made ready. Free some space on the disk."),
        QT_TRANSLATE_NOOP("failures", "No beats were found in this song, so it cannot be written as bars."),
        QT_TRANSLATE_NOOP(
            "failures",
            "This song has no lyrics. Put an .lrc file of the same name beside the audio and analyse it again.",
        ),
        QT_TRANSLATE_NOOP(
            "failures",
            "The corrections in {path} were made by a newer version of Performia Desktop. Update the program.",
        ),
        # us
        QT_TRANSLATE_NOOP(
            "failures",
            "The analysis of this song crashed ({what}). Retry; if it happens again, the file may be damaged: "
            "convert it to another format.",
        ),
        QT_TRANSLATE_NOOP(
            "failures",
            "The analysis ended without an answer ({what}). Retry; if it happens again, please report it with the "
            "details.",
        ),
        QT_TRANSLATE_NOOP(
            "failures",
            "The analysis of this song stood still and was ended. Retry; if it happens again, convert the file to "
            "another format.",
        ),
        QT_TRANSLATE_NOOP(
            "failures",
            "The analysis gave an answer that makes no sense. Retry; if it happens again, please report it "
            "with the details.",
        ),
        QT_TRANSLATE_NOOP(
            "failures",
            "The analysis met a fault of its own. Retry; if it happens again, please report it with the details.",
        ),
        QT_TRANSLATE_NOOP(
            "failures",
            "Something went wrong inside Performia ({what}). Retry, and please report it with the details.",
        ),
        QT_TRANSLATE_NOOP(
            "failures", "This job had a state that is not known here: {word}. Retry it to analyse the song again."
        ),
    )
)
_FIELD: Final = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the expression that finds each sentence again, with what stands in its braces."""
    found = {}
    for sentence in SENTENCES:
        parts = _FIELD.split(sentence)  # words, name, words, name, words
        words = (re.escape(part) if place % 2 == 0 else f"(?P<{part}>.+?)" for place, part in enumerate(parts))
        found[sentence] = re.compile("".join(words), re.DOTALL)
    return found


@lru_cache(maxsize=512)
def failure_words(message: str) -> str:
    """Return a row's error message in the user's language."""
    for sentence, pattern in _patterns().items():
        if match := pattern.fullmatch(message):
            words = {name: _localized(value) for name, value in match.groupdict().items()}
            return QCoreApplication.translate("failures", sentence).format(**words)
    return message


def _localized(value: str) -> str:
    """Return a number with a decimal point as the user's language writes it, anything else as it is."""
    return QLocale().toString(float(value), "f", 1) if re.fullmatch(r"\d+\.\d", value) else value
