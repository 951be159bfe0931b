"""How gunicorn runs a service of the shop; a lab may lay its own over this file, or set GUNICORN_CMD_ARGS."""

import os

bind = "0.0.0.0:8000"
worker_class = "gthread"
workers = int(os.environ.get("SHOP_WORKERS", "1"))
threads = int(os.environ.get("SHOP_THREADS", "8"))
worker_tmp_dir = "/dev/shm"
graceful_timeout = 2
keepalive = 5
errorlog = "-"
loglevel = "warning"


def child_exit(server, worker):
    """Of several workers' metrics, those of one that has ended are taken out again."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)
