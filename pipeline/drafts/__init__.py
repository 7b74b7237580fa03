"""Drafts: what people bring in from elsewhere (plain text, PDF text), made into clean Markdown."""
