"""Pictures of all pages, in both languages, light, dark and on a phone, by one command.

``python -m tools.screenshots OUT`` draws all of them; ``--only NAME`` those of one page, ``--docs`` writes the pictures
of the guides in docs/assets as well. ``home`` and ``map`` come from the built site, ``workbench`` and ``finish`` from a
real attempt at first-look, on Docker; ``review`` and ``cohort`` from a made-up class.
"""
