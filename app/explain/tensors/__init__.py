"""Worked solutions of programs with tensors: matrices in the place of numbers, and rules in the place of factors."""
