"""Two branches of one text put together again, passage by passage, each person's words kept."""
