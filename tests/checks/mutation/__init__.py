"""Correct pairs, varied in phrasing, and errors of every class planted into them."""
