"""`actes translate`: what lacks a translation, asking for it, and writing it where it belongs."""
