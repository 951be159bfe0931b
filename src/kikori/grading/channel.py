"""How a grading run and the plugin in its child tell each other things: names in the environment."""

RESULTS_FD = "KIKORI_RESULTS_FD"
"""The file descriptor that results are written to, one JSON object a line."""
ATTEMPT = "KIKORI_ATTEMPT"
"""Path of the attempt.json that is graded."""
ISOLATED = "KIKORI_ISOLATED"
"""``1`` in a replay, where no port is published."""
