"""A book in two languages: its rows in columns of Word, or on pages that face each other."""
