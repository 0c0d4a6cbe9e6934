"""Attachments: files with their hashes, encrypted on this desk."""
