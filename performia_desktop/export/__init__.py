"""From a Song Map to other programs' formats: a module for each, `formats` has the list. No Qt here."""
