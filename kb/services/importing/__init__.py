"""Importing: a file becomes drafts in steps that people can look at, and can be taken back as a whole."""
