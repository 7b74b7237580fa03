"""How a typed approval looks in a file's bytes; apart, since every build looks for it."""

from __future__ import annotations

import re

TYPED_WORD = b"approve"  # in any case of its letters: looked for first, which is soon done
TYPED = re.compile(rb"(?:<!--\s*|\bstate\b[^a-z]{1,200}?)approve\b", re.IGNORECASE)
"""What a file with an approval to settle contains (and others may)."""
