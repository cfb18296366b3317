"""Jobs: what they are, where they are kept, and how they get done. QtCore and QtSql only."""
