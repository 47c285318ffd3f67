"""Views of the public site: they ask the owners' queries and fill templates."""
