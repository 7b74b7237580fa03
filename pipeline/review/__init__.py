"""What needs a person, what changed in it, and what a person decided, for every door."""
