"""What all forms share: the guard against requests forged by other sites."""

from flask_wtf.csrf import CSRFProtect

csrf = CSRFProtect()
