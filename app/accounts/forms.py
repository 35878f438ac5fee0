"""Signing in."""

from wtforms import HiddenField, PasswordField
from wtforms.validators import Length

from app.core.forms import Form, line_field


class SignInForm(Form):
    """E-mail and password; `next` is where to go, `recovered` and `address` a form to be sent again."""

    email = line_field("Email", 254)
    password = PasswordField("Password", validators=[Length(max=1024)])
    next = HiddenField()
    recovered = HiddenField()
    address = HiddenField()
