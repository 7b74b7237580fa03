"""Finding and reading a workspace: event.yaml, delegations.yaml, glossary.yaml, languages, paths."""
