"""Rules that compare two texts by value: small pure functions from a pair of texts to findings."""
