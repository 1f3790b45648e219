"""Ground floor and project package of the visitor service desk."""

import sys

try:
    # The interpreter's own SQLite may carry the WAL fault of 3.7.0–3.51.2;
    # the wheel brings a newer one. Must happen before Django imports sqlite3.
    import pysqlite3
except ImportError:  # the start-up check then asks for journal_mode=DELETE
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
