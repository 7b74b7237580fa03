"""Review in other tools: items written into a file that a tool opens, and taken back from it."""
