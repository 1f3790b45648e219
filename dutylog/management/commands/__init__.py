"""Commands of the duty day."""
