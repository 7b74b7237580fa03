"""Finding and reading a workspace: its three YAML files, languages, paths."""
