"""From a Song Map to other programs' formats. No Qt here."""
