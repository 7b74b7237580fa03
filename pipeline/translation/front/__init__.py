"""The metadata of a counterpart made to answer its original's, in YAML that people wrote."""
