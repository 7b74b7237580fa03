"""Actes: bilingual conference proceedings and joint declarations, from Markdown to Word and PDF."""

__version__ = "0.1.0"
