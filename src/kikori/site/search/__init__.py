"""The search of the site: what it reads, by language; theme/assets/javascripts/search-worker.js reads it."""
