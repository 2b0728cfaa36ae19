"""Figures for the evidence rules, on the standard library alone: numpy and scipy would slow every start."""
