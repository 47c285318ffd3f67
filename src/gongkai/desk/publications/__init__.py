"""Staff pages of publications: the list, the editor, the path to release, reviews, consents, and what was released."""
