"""The application for any WSGI server: wsgi:app."""

from kb.app import create_app

app = create_app()
