"""Refusals of complaints and grievances, one module per noun."""
