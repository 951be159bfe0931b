"""The glossary: a page of all terms, and a link to it where a module uses one for the first time."""
