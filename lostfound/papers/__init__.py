"""The printed forms of lost and found; reading this package makes them known."""
