"""Exit codes of every command."""

OK, WRONG, MISTAKE = 0, 1, 2
"""Done; a number was checked and is wrong; what was typed could not be read, as argparse itself says it."""
