"""The song on one time axis: sections, waveform, bars, chords, notes, words, tempo, and where to look twice."""
