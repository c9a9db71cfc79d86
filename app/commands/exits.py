"""Exit codes of every command."""

OK, MISTAKE = 0, 2
"""Done; what was typed was wrong, as argparse itself says it. 1 is Python's own, for a crash."""
