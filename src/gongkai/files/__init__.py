"""Attachments: files that were handed in, checked, fingerprinted and handed out safely."""
