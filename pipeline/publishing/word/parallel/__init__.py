"""Texts in columns of their own with who signs them, such as the declaration, as a Word file."""
