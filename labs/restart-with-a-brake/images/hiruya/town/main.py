"""Begins the town: writes what robot and Alertmanager are told, and serves until it is ended."""

import json
import os
import threading
from pathlib import Path

import control
import pager
from book import Book
from desk import Desk
from monitoring import Monitoring
from service import Service

CONTROL, PAGER, ROBOT, FIRST = 8070, 8090, 9000, 8101
"""Ports; the services have one each, from the last number on."""


def pairs(text: str) -> dict[str, str]:
    """``OrdersHang=orders MenuHangs=menu`` as a table."""
    return dict(part.split("=") for part in text.split())


def write(folder: Path, name: str, text: str) -> None:
    """Write a file for somebody else to read, in one go."""
    fresh = folder / f"{name}.new"
    fresh.write_text(text)
    fresh.chmod(0o644)
    fresh.replace(folder / name)


def hand_out(may: dict[str, str], services: dict[str, Service]) -> None:
    """Write settings and tokens where robot and Alertmanager read them."""
    host, own = os.environ.get("HOST", "hiruya"), os.environ
    settings = {
        "limit": int(own.get("LIMIT", "3")),
        "window": int(own.get("WINDOW", "3600")),
        "control": f"http://{host}:{CONTROL}",
        "pager": f"http://{host}:{PAGER}/page",
        "alerts": {
            name: {"service": service, "health": f"http://{host}:{services[service].port}/healthz"}
            for name, service in may.items()
        },
    }
    robot = Path(own.get("ROBOT_FILES", "/srv/files/robot"))
    write(robot, "settings.json", json.dumps(settings, indent=2) + "\n")
    write(robot, "webhook-token", own["WEBHOOK_TOKEN"])
    write(robot, "control-token", own["CONTROL_TOKEN"])
    if beside := own.get("ALERTMANAGER_FILES", ""):
        write(Path(beside), "webhook-token", own["WEBHOOK_TOKEN"])


def main() -> None:
    """Serve."""
    may, others = pairs(os.environ["ALERTS"]), pairs(os.environ.get("OTHERS", ""))
    names = may | others
    warm = float(os.environ.get("WARM", "2.0"))
    services = {service: Service(service, FIRST + n, warm) for n, service in enumerate(names.values())}
    hand_out(may, services)
    book = Book()
    kept = control.Control(book, os.environ["CONTROL_TOKEN"], services, set(may.values()))
    for service in services.values():
        service.serve()
    servers = [control.serve(kept, CONTROL), pager.serve(book, PAGER)]
    if os.environ.get("STANDS_IN"):
        servers.append(pager.serve(book, ROBOT))
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    if manager := os.environ.get("ALERTMANAGER", ""):
        threading.Thread(target=Monitoring(manager, services, names).watch, daemon=True).start()
    Desk(book, kept).serve().serve_forever()


main()
