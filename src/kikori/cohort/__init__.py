"""Who is where: check-ins of learners who joined, on the instructor's own machine.

``client`` is the learner's side and ``server`` the instructor's; ``messages`` is what goes between them.
"""
