"""Looking after the list as a whole: backups, what was deleted, the database, the preferences."""
