"""What the numbers and rules mean, in words and formulas."""
