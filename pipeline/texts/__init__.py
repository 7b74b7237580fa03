"""A Markdown text: metadata, segments, exact slices; the one boundary to pandoc; its allow-list."""
