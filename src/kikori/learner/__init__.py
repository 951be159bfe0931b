"""The learner's loop: one procedure for each command, each giving back a value that the edge shows.

Knows nothing of terminals and options; ``kikori.cli`` calls it, and the tests do.
"""
