"""The languages of the pages: English is the message, the files of translations/zh the Chinese for it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, Response, request
from flask_babel import Babel, Domain, get_locale

from ..endpoint import negotiate

LANGUAGES = ("zh", "en")
COOKIE = "policygraph-lang"
CATALOGUES = Path(__file__).parent / "translations"
_YEAR = 365 * 24 * 3600


def init_languages(app: Flask, default: str) -> None:
    """Compiles the catalogues in memory (no binary file is kept or left behind) and sets up Flask-Babel."""
    compiled = BytesIO()
    write_mo(compiled, chinese())
    compiled.seek(0)
    messages = Domain()
    messages.cache["zh", "messages"] = Translations(compiled)

    def choose() -> str:
        for wish in (request.args.get("lang"), request.cookies.get(COOKIE)):
            if wish in LANGUAGES:
                return wish
        return negotiate.language(request.headers.get("Accept-Language"), default)

    babel = Babel(app, default_locale="en", locale_selector=choose)
    babel.domain_instance = messages

    @app.after_request
    def remember(response: Response) -> Response:
        wish = request.args.get("lang")
        if wish in LANGUAGES and request.cookies.get(COOKIE) != wish:
            response.set_cookie(COOKIE, wish, max_age=_YEAR, samesite="Lax", httponly=True)
        if response.mimetype == "text/html":
            response.headers["Content-Language"] = _tag()
            response.vary.update(["Accept-Language", "Cookie", "Accept"])
        return response


def chinese() -> Catalog:
    """All files of translations/zh as one catalogue; a message that several have is one message."""
    whole = Catalog(locale="zh")
    for source in sorted((CATALOGUES / "zh").glob("*.po")):
        with source.open("rb") as reader:
            for message in read_po(reader, locale="zh"):
                if message.id:
                    whole[message.id] = message
    return whole


def language() -> str:
    """zh or en, for this request."""
    locale = get_locale()
    return "zh" if locale is not None and locale.language == "zh" else "en"


def _tag() -> str:
    return "zh-CN" if language() == "zh" else "en"
