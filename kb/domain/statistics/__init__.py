"""Figures for the evidence rules; all but the bootstrap on the standard library, which starts quickest."""
