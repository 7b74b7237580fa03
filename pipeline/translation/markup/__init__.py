"""Markdown taken apart for engines and put together again, exactly."""
