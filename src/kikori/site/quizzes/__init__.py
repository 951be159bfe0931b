"""The tests of a class as learners and instructors see them: the pages with the forms, and the chart of the rise."""
