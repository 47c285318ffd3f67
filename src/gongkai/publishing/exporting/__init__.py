"""Files that publishing gives away: the catalogue, manifests, directories, the gazette."""
