"""SQLAlchemy, only here."""
