"""Repeatable measurements of the desk, each against what a user would pick instead. See bench/README.md."""
