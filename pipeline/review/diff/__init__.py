"""`actes diff`: what changed, word by word, for those who live in a terminal or read its JSON."""
