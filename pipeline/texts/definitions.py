"""Lines that define what is cited elsewhere in a text: a note, the target of a link."""

from __future__ import annotations

import re

NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")
"""Where the words of a footnote begin; its label."""

TARGET = re.compile(r" {0,3}\[([^\]^][^\]]*)\]:\s*\S")
"""Where a link's target is defined; its label."""
