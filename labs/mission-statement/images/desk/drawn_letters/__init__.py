"""The figures of one quarter, as they lie on the desk."""
