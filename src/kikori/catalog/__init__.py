"""Reads courses/ and labs/ strictly; knows nothing of Docker, attempts or pytest."""

from kikori.catalog.catalog import Catalog

__all__ = ["Catalog"]
