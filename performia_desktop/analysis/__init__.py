"""From audio to a Song Map: one module per task, named as the field names it. No Qt here."""
