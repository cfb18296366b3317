"""The job list: model, table, and what is dropped on it."""
