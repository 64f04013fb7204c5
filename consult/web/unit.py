"""The database and the settings of the running application, for doors."""

from contextlib import AbstractContextManager

from flask import current_app
from sqlalchemy.orm import Session

from consult.config import Settings
from consult.db.session import Database


def database() -> Database:
    """The application's database."""
    found: Database = current_app.extensions["consult.database"]
    return found


def settings() -> Settings:
    """The application's settings."""
    found: Settings = current_app.extensions["consult.settings"]
    return found


def reading() -> AbstractContextManager[Session]:
    """A transaction for reading."""
    return database().read()


def writing() -> AbstractContextManager[Session]:
    """The one transaction of a request that changes something; committed at its end."""
    return database().write()
