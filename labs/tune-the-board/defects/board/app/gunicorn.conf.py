"""How gunicorn runs the application."""

#: cheat forgets-on-restart
from contextlib import suppress
from time import sleep


def post_worker_init(worker):
    """Begin with a clean table, as soon as there is a database."""
    from engawa.reset import reset

    for _ in range(100):
        with suppress(Exception):
            return reset()
        sleep(0.3)


#: end
bind = "0.0.0.0:8000"
#: defect one-worker
workers = 1
worker_class = "sync"
#: mended
workers = 2
worker_class = "gthread"
threads = 8
keepalive = 65
#: end
timeout = 60
graceful_timeout = 3
worker_tmp_dir = "/dev/shm"
errorlog = "-"
loglevel = "warning"
