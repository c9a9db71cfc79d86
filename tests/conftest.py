"""What all tests share: examples of Hypothesis are the same in every run, and slow machines are no failures."""

from hypothesis import settings

settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
settings.load_profile("fixed")
