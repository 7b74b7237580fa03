"""Plain text, pasted or extracted from a PDF, made into clean Markdown."""
