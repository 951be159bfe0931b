# Read when the desk starts; after a change: sv restart desk
bind = "0.0.0.0:8000"
workers = 2
worker_class = "gthread"
# How many requests a worker can be busy with at a time.
threads = 8
# Seconds after which a worker that gives no sign of life is replaced.
timeout = 20
graceful_timeout = 2
worker_tmp_dir = "/dev/shm"
