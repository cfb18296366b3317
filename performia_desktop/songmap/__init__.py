"""The Song Map: the domain model, its schema, its chord names. No Qt here."""
