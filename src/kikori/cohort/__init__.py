"""Who is where: check-ins of learners who joined, on the instructor's own machine.

``client`` is the learner's side and ``server`` the instructor's; ``messages`` is what goes between them.
"""

from pathlib import Path

HERE = Path(__file__).parent
WORDS = HERE / "words.toml"
"""What the pages, and the questions before something is sent, say."""
