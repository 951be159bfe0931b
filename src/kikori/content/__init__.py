"""Reads courses/ and labs/ strictly; knows nothing of Docker, attempts or pytest."""

from kikori.content.catalog import Catalog

__all__ = ["Catalog"]
