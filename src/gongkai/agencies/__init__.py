"""The public bodies, the people who work in them, and what each may do."""
