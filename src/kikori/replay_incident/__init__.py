"""A recorded incident, played in steps to a group that decides at each before it sees the next.

``recording`` reads what a night left behind, ``steps`` where it halts, ``screen`` lays out what is known by then,
``decisions`` keeps what the group typed, and ``play`` goes from one step to the next.
"""
