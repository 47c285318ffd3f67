"""Full-text search: tantivy in the process, over pairs of Chinese characters and Latin words."""
