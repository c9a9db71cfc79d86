"""The detective for tensors: an entry, or a whole matrix of numbers, and the slip that gives it."""
