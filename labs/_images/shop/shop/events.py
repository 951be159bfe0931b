"""What happens in the business, told to whoever listens: ``accepted`` and ``completed``, with the order's facts."""

_listeners = []


def listen(function):
    """Call ``function(name, facts)`` at each event."""
    _listeners.append(function)


def tell(name, **facts):
    """Something has happened."""
    for function in _listeners:
        function(name, facts)
