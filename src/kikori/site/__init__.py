"""The course site: one folder of Markdown assembled from docs/, courses/ and labs/, built by MkDocs.

``hook`` is what mkdocs.yml names; ``assembly`` writes the folder; ``pages`` renders what is generated from
course.toml, module.toml and lab.toml; ``navigation`` orders it; ``parity`` compares the two languages.
"""
