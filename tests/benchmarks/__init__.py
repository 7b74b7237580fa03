"""`actes build` beside plain pandoc and Typst, `actes translate` beside po4a and mdpo (`make bench`)."""
