"""The commands of the command line, one file each; `python -m app` puts them together."""
