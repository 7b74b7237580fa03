"""A book as PDF, through Typst: a document composed, compiled in a process of its own."""
