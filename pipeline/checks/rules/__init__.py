"""The rules, one kind a module: small pure functions from a pair of texts to findings."""
