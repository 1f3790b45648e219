"""Taking over old ledgers: read, judge, write, take back."""
