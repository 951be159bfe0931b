"""Write every plot to its place."""

from kikori import paths
from tools.plots.gallery import wanted

for name, text in wanted().items():
    (paths.ROOT / name).write_text(text, encoding="utf-8")
    print(name)
