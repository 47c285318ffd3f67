"""Brings publications in from other systems: readers, mapping, checking, storing in bulk, the run that resumes."""
