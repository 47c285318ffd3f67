"""The staff side, inside the Wagtail admin."""
