"""What both services have in common: a Flask application with faults, telemetry if there is any, and a health page."""

import importlib
import importlib.util
import logging
import os

from flask import Flask, jsonify

from shop.database import Database
from shop.faults import Faults


class Service(Flask):
    """A service of the shop."""

    def __init__(self, name):
        super().__init__(f"shop.{name}")
        self.called = os.environ.get("SHOP_SERVICE", name)
        self.faults = Faults()
        self.database = Database(lambda: self.faults.of("slow-dependency"))
        self.add_url_rule("/health", "health", lambda: "ok\n")

    def page(self, route, view, method="GET"):
        """Answer a route with what a function gives: something for JSON, and perhaps a status."""

        def answer(**values):
            found = view(**values)
            body, status = found if isinstance(found, tuple) else (found, 200)
            return body if isinstance(body, str) else jsonify(body), status

        suffering = self.faults.around(answer, route)
        self.add_url_rule(route, f"{method} {route}", suffering, methods=[method])

    def instrument(self):
        """Let a module called ``telemetry`` hang itself in, if there is one, now that all routes are there."""
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        if importlib.util.find_spec("telemetry"):
            importlib.import_module("telemetry").install(self, self.called)
        return self
