"""Speed of `actes build` beside plain pandoc and plain Typst (`make bench`)."""
