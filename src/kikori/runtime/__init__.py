"""The only caller of Docker: brings scenes up and down, runs scripts in them, opens shells.

Knows nothing of grading, explanations or submissions.
"""

from kikori.runtime.engine import Silent, Steps
from kikori.runtime.project import Project
from kikori.runtime.services import Service

__all__ = ["Project", "Service", "Silent", "Steps"]
