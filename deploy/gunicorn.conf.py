"""How gunicorn serves the desk, for bin/run and for deploy/servicedesk.service alike."""

import os
from pathlib import Path

import environ

# The program reads .env when it is loaded; its server is set up before. The environment wins.
if Path(".env").exists():
    environ.Env.read_env(".env")

bind = os.environ.get("DESK_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("DESK_WORKERS", "2"))
threads = int(os.environ.get("DESK_THREADS", "4"))
worker_class = "gthread"

# The program is loaded once, before the workers part: they share its memory.
preload_app = True
# A worker that has made many papers gives its memory back by ending; the jitter parts them.
max_requests = 2000
max_requests_jitter = 200
# A long ledger takes some seconds to set; what takes longer than this is stuck.
timeout = 90
graceful_timeout = 30
# The sign of life of a worker must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

# No access log: an address may hold what was searched for, a phone or a name.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("DESK_SERVER_LOG", "warning")

# Nobody steers the server from outside: systemd starts and stops it.
control_socket_disable = True
