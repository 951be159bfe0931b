"""Plots on the pages, drawn from the labs' own data: ``python -m tools.plots`` writes them into courses/.

Each is an SVG beside the page that shows it, once in English (``budget.svg``) and once in Japanese (``budget.ja.svg``);
a page names the first, and the site takes the second for Japanese pages. Light and dark are in one file.
"""
