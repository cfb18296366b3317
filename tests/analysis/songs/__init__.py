"""Songs made for the tests, of which everything is known, and what may happen to a recording."""
