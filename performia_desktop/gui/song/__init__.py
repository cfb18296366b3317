"""One song: its map as a readable summary; the timeline and the player will stand here too."""
