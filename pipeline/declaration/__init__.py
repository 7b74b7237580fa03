"""The joint declaration: clauses of two authentic texts, side by side."""
