"""Counterparts: what a translation vouches for, engines, memory, and the update."""
