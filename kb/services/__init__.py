"""What people do, one function per deed."""
