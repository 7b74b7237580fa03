"""The verbs of `actes declaration`, one file each (two that do and undo share one)."""
