"""The only caller of Docker: brings scenes up and down, runs scripts in them, opens shells.

Knows nothing of grading, explanations or submissions.
"""

from kikori.engine.client import Silent, Steps
from kikori.engine.project import Project
from kikori.engine.services import Service

__all__ = ["Project", "Service", "Silent", "Steps"]
