"""Kikori: break a real system in Docker, mend it, and explain why.

The layers, from the bottom: errors; model, paths, settings; catalog; runtime, progress, machine; grading,
submission, explanation; loop and review; site; cli. A module imports only from below (pyproject.toml says
it to import-linter, and the tests run that).
"""

__version__ = "0.1.0"
