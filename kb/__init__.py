"""Initiatievenbank Techniek: what works against the shortage of technicians."""
