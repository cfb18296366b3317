"""What the networks say of one recording: computed when first asked for, then shared by all who decide."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Final

from performia_desktop.analysis import line_net, memory, net
from performia_desktop.analysis.features import Features
from performia_desktop.analysis.onset import Floats
from performia_desktop.assets import resource

_LEAST_SEC: Final = 10.0


class Evidence:
    """The learned evidence of a recording whose features are known."""

    def __init__(self, features: Features) -> None:
        self._features = features
        self._music = slice(None)

    def settle(self, beats: Floats) -> None:
        """Tell where the song proper is: what is around it does not tell what the song sounds like on average.

        To be called before `lead`, `voice` or `bass` is asked for.
        """
        if len(beats) and beats[-1] - beats[0] > _LEAST_SEC:
            self._music = slice(int(beats[0] * net.BEAT_FPS), int(beats[-1] * net.BEAT_FPS) + 1)

    @cached_property
    def _notes(self) -> net.F16:
        return net.note_view(self._features.notes)

    @cached_property
    def beat(self) -> net.BeatEvidence:
        """Beats, downbeats, meters and ternary division, see `net.BeatEvidence`."""
        heard = net.beat_evidence(self._features.bands, self._notes, _weights("beat"))
        memory.give_back()
        return heard

    @cached_property
    def chord(self) -> net.F32:
        """Log-probabilities of chords, see `net.chord_evidence`."""
        heard = net.chord_evidence(self._notes, self._features.spectrum, _weights("chord"))
        memory.give_back()
        return heard

    def forget_chords(self) -> None:
        """Let go of the largest of it; asked again, it is computed again."""
        self.__dict__.pop("chord", None)

    @cached_property
    def voice(self) -> net.F32:
        """Whether somebody sings: that part of `lead`, which is not kept for it."""
        voice = self.lead.voice
        self.__dict__.pop("lead")
        return voice

    def forget_lead(self) -> None:
        """Let go of the leading line but for its `voice`."""
        if "lead" in self.__dict__:
            _ = self.voice

    @cached_property
    def lead(self) -> line_net.LineEvidence:
        """The leading line and whether it is sung."""
        return self._line("melody", line_net.LEAD)

    @property
    def bass(self) -> line_net.LineEvidence:
        """The bass; nobody asks twice, so that it is not kept."""
        return self._line("bass", line_net.BASS)

    def _line(self, name: str, line: line_net.Range) -> line_net.LineEvidence:
        made = self._features
        heard = line_net.evidence(self._notes, made.spectrum, made.bands, _weights(name), line, self._music)
        memory.give_back()
        return heard


@cache
def _weights(name: str) -> net.Weights:
    return net.load(resource("models", f"{name}.npz"))
