"""Proof of what was adopted: a file compared with the adopted text, and the certificate."""
