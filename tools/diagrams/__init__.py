"""Pictures of the mermaid diagrams on the pages, drawn once by a browser and kept in docs/assets/diagrams.

``kikori.site.diagram_pictures`` finds the diagrams in pages and puts their pictures there; ``svg`` writes a picture;
``browser`` has mermaid lay them out. ``python -m tools.diagrams`` draws what is missing and takes away what no page
shows.
"""
