"""What PDF and Word decide alike: what stands together on a page, and what side by side."""
