"""A trace in other forms: text tables."""
