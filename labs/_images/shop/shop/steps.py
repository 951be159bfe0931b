"""What a service does outside its own process while it answers: a place where telemetry can be hung in.

``with step("database", statement="SELECT ..."):`` does nothing by itself. A telemetry module calls ``observe`` with a
function that makes a context manager from the kind of step and its facts. For a step of the kind "http" the facts hold
``headers``, a dictionary that may be added to before the request leaves.
"""

from contextlib import ExitStack, contextmanager

_observers = []


def observe(make):
    """Let ``make(kind, facts)`` give a context manager around each step."""
    _observers.append(make)


@contextmanager
def step(kind, **facts):
    """A step of the kind "database", "cache", "http" or "work"."""
    with ExitStack() as around:
        for make in _observers:
            around.enter_context(make(kind, facts))
        yield facts
