"""The door of the browser: a page on this machine alone, where a translator works through texts."""
