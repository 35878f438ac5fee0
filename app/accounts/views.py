"""Signing in by password or one-time link, and signing out."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.accounts import actions, cookies
from app.accounts.access import public, signed_in
from app.accounts.form_recovery import read_recovered, recovered_form_page
from app.accounts.forms import SignInForm
from app.accounts.known_devices import device_mark, remember_device
from app.accounts.newsroom import person as signed_in_person
from app.accounts.sign_in import sign_in_with_password
from app.audit.verbs import Verb
from app.core.addresses import is_private
from app.core.db import transaction
from app.core.errors import NotFound
from app.core.peers import peer_of

bp = Blueprint("accounts", __name__)

# Also said when there were too many tries: nobody learns whether the last one was right.
_WRONG = (
    "That email and password do not match. After ten wrong tries, an account waits a quarter of an hour, "
    "except in a browser that has signed in before. A sign-in link from an admin works at once."
)


@bp.get("")
@bp.get("/")
@signed_in
def home() -> AnyResponse:
    """The newsroom opens on its stories."""
    return redirect(url_for("newsroom.articles.index"))


@bp.get("/sign-in")
@public
def sign_in() -> AnyResponse | str:
    """The sign-in page."""
    if cookies.signed_in_person():
        return redirect(safe_next(request.args.get("next", "")))
    form = SignInForm(next=request.args.get("next", ""))
    return render_template("newsroom/accounts/sign_in.html", form=form, problem="")


@bp.post("/session")
@public
def start_session() -> AnyResponse | str | tuple[str, int]:
    """Sign in with e-mail and password; one answer for an unknown e-mail and a wrong password."""
    form = SignInForm()
    if not form.validate():
        return _refused(form, _WRONG, 422)
    found = sign_in_with_password(
        form.email.data or "",
        form.password.data or "",
        peer=peer_of(request.environ, current_app.config["STET"].trusted_proxies),
        device_mark=device_mark,
    )
    if found is None:
        return _refused(form, _WRONG, 401)
    cookies.sign_in(*found)
    remember_device(found[0].id)
    return _way_on(form)


def _refused(form: SignInForm, problem: str, status: int) -> AnyResponse | tuple[str, int]:
    sent, address = read_recovered(form.recovered.data or ""), form.address.data or ""
    if sent and is_private(address):
        return recovered_form_page(address, sent, problem, status)
    return render_template("newsroom/accounts/sign_in.html", form=form, problem=problem), status


def _way_on(form: SignInForm) -> AnyResponse:
    sent, address = read_recovered(form.recovered.data or ""), form.address.data or ""
    if sent and is_private(address):
        return recovered_form_page(
            address, sent, "You are signed in again. Look it over, then save.", 200
        )
    return redirect(safe_next(form.next.data or ""), 303)


@bp.get("/sign-in/<token>")
@public
def show_link(token: str) -> str:
    """Ask before the link is spent: programs that read mail follow links too."""
    link = actions.usable_link(token)
    return render_template(
        "newsroom/accounts/sign_in_link.html", name=link.person.name, link_token=token
    )


@bp.post("/sign-in/<token>")
@public
def use_link(token: str) -> AnyResponse | tuple[str, int]:
    """Spend a one-time link."""
    try:
        with transaction():
            person = actions.use_link(token)
            session_token = actions.start_session(person, Verb.SIGN_IN_BY_LINK)
    except NotFound as error:
        return _refused(SignInForm(formdata=None), str(error), 404)
    cookies.sign_in(person, session_token)
    remember_device(person.id)
    return redirect(url_for("newsroom.articles.index"), 303)


@bp.post("/session/delete")
@signed_in
def end_session() -> AnyResponse:
    """Sign out: a copy of the cookie is worth nothing afterwards."""
    with transaction():
        actions.end_session(cookies.token(), by=signed_in_person())
    cookies.sign_out()
    response = redirect(url_for("newsroom.accounts.sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def safe_next(target: str) -> str:
    """`target` when it is an address of the newsroom, else the list of stories."""
    plain = target.isprintable() and "\\" not in target and "//" not in target.partition("?")[0]
    return (
        target
        if plain and is_private(target.partition("?")[0])
        else url_for("newsroom.articles.index")
    )
