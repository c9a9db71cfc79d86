"""Speed beside the best peers, as ratios measured in one run. `make bench` prints the table; nothing here is a test."""
