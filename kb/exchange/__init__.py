"""Files that leave the house and files that enter it: pure, from values to bytes and back."""
