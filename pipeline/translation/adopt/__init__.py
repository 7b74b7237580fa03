"""A translation written by hand, without any comment, made a counterpart."""
