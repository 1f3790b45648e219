"""Numbers of lost and found that a manager may change."""
