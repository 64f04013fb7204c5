"""The application for a WSGI server."""

from consult import config
from consult.app import create_app
from consult.web import logs

logs.configure()
app = create_app(config.read())
