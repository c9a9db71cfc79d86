"""The usual slips: what is done wrong, and the number that comes of it."""
