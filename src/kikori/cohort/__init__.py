"""Who is where: check-ins of learners who joined, on the instructor's own machine.

On the learner's side ``noticing`` and ``sending`` check in and ``client`` speaks with the server; on the instructor's
side ``serving`` puts ``learners`` (what learners' machines ask) and ``page`` (what the instructor sees) over ``store``.
"""
