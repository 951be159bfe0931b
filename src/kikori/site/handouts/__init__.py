"""What is handed out beside the lessons: cards to print, who is who, and what instructors alone see.

``pages`` gives the Markdown of all of them, ``slides`` the one HTML page of a module's slides.
"""
