"""Playing a song: what is heard is mixed here, sample by sample, in a thread of its own."""
