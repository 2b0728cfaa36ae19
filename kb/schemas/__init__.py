"""The doors: outside text becomes domain values, and back."""
