"""How gunicorn runs the application."""

bind = "0.0.0.0:8000"
workers = 1
worker_class = "sync"
timeout = 60
graceful_timeout = 3
worker_tmp_dir = "/dev/shm"
errorlog = "-"
loglevel = "warning"
