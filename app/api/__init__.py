"""The JSON API and the pages: everything that knows of HTTP."""
