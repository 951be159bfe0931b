"""Pages as MkDocs has rendered them, made light: ``minify`` what no reader sees, ``icons`` drawn once for all pages."""
