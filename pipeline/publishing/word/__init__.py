"""A book as a Word file, through pandoc, and what pandoc has no words for put in afterwards."""
