"""Publishing: a book into PDF and Word."""
