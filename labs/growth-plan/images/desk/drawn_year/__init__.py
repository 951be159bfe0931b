"""One engineer's year, as it lies on the desk."""
