"""Translation memory: what was translated before, found again exactly, in context or nearly."""
