"""Every word, date and number format that people read."""
