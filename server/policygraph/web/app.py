"""The web application: every page of the policy graph and its SPARQL endpoint."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from .. import building, resources
from ..endpoint import graph_store_blueprint, negotiate, openapi_blueprint, sparql_blueprint
from ..endpoint.direct import Direct
from ..endpoint.encoding import Encoded
from ..endpoint.guards import HEADERS, POLICY
from ..endpoint.operations import Operations, limits_of
from ..endpoint.problems import MEDIA_TYPE as PROBLEM
from ..endpoint.problems import Problem, problem_of
from ..endpoint.replies import open_to_all, problem_reply
from ..errors import PolicyGraphError
from ..settings import Settings
from ..store import Live, QueryForm, Store, open_store
from . import (
    ask,
    build,
    claims,
    columns,
    context,
    counted,
    coverage,
    departments,
    documents,
    editing,
    entity,
    frozen,
    guide,
    i18n,
    labels,
    library,
    maps,
    matrix,
    menu,
    national,
    pages,
    pairs,
    proposals,
    question_pages,
    results,
    scripts,
    search,
    suggest,
    target_rows,
    targets,
    typed,
    vocabulary,
    workbench,
)
from .facts import Facts, Snapshots, expand

_PAGES_ALONE = {"pages", "targets", "national", "proposals", "coverage", "workbench"}
_PROTOCOLS = {"sparql", "graphs", "openapi"}
_OPEN = (*negotiate.offers(QueryForm.CONSTRUCT), PROBLEM)
"""What /id/… and /ontology give to programs: any site's page may read it."""


def create_app(settings: Settings | None = None, store: Store | None = None) -> Flask:
    """The Flask application over a store; without one, over the settings' or the packed data.

    Raises StoreError where there is nothing to open.
    """
    settings = settings or Settings.from_env()
    app = Flask(__name__)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    snapshots = Snapshots()

    def opened() -> Store:
        return store or open_store(
            settings.store,
            default_paths=lambda: settings.paths or [resources.dataset()],
            union=settings.default_graph == "union",
            limits=limits_of(settings),
            cache_bytes=settings.cache_bytes,
        )

    def prepare(fresh: Store) -> None:
        own = getattr(fresh, "own", fresh)
        if own.digest:
            facts = snapshots.of(own)
            pages.prepare(facts)
            typed.names_of(facts, own)
            building.model()
            search.index_of(facts)  # now, not at the first visitor; a remote store may not be up yet
            target_rows.with_targets(facts)
            pairs.implementing(facts)
            facts.members()
            if own is not fresh:
                (library.prepare_beside if facts.many else library.prepare)(own)

    live = Live(opened, prepare)
    operations = Operations(Encoded(Direct(app.wsgi_app, live, settings)), live, settings)
    app.wsgi_app = operations  # type: ignore[method-assign]
    app.extensions["policygraph"] = {
        "live": live, "settings": settings, "snapshots": snapshots, "operations": operations,
    }  # fmt: skip
    i18n.init_languages(app, settings.language)
    app.register_blueprint(sparql_blueprint(context.snapshot, settings, workbench.sparql_page))
    app.register_blueprint(graph_store_blueprint(context.snapshot, settings, entity.graph_page))
    app.register_blueprint(openapi_blueprint(settings))
    pages_of = (
        pages,
        documents,
        entity,
        departments,
        matrix,
        targets,
        national,
        proposals,
        coverage,
        search,
        suggest,
        ask,
        question_pages,
        build,
        vocabulary,
        workbench,
        frozen,
        guide,
        editing,
        maps,
        results,
    )
    for module in pages_of:
        if hasattr(module, "routes"):
            app.register_blueprint(module.routes)
    app.before_request(_known_language)
    app.before_request(_only_html)
    app.context_processor(_helpers)
    app.after_request(_protect)
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(PolicyGraphError, _failed)
    return app


def _known_language() -> None:
    """An unknown ?lang= is refused everywhere but at the endpoints, whose parameters are those of their protocols; a
    page of theirs refuses it itself."""
    if request.endpoint and request.endpoint != "static" and request.blueprint not in _PROTOCOLS:
        context.choice("lang", i18n.LANGUAGES)


def _only_html() -> None:
    """Some pages have no other format: one that is asked for by name is not passed over in silence."""
    if request.blueprint in _PAGES_ALONE:
        context.choice("format", ("html", negotiate.HTML))


def _helpers() -> dict[str, Any]:
    facts, language = context.facts(), i18n.language()

    def name(node: str) -> labels.Label:
        return labels.label(facts, node, language)

    return {
        "facts": facts,
        "language": language,
        "name": name,
        "menu": menu.menu,
        "script": scripts.script,
        "tour_step": guide.strip,
        "tour_offered": guide.offered,
        "node_url": labels.url,
        "is_own": labels.is_own,
        "in_english": labels.in_english,
        "value_name": columns.value_name,
        "cell": workbench.cell,
        "column_name": columns.column_name,
        "owners": claims.owners,
        "counted": counted.counted,
        "names_places": maps.names_places,
        "around": lambda span: labels.around(facts, span),
        "group_name": workbench.group_name,
        "expand": expand,
        "notation": lambda node: labels.notation(facts, node),
        "document_told": lambda node, within="": labels.document_told(facts, node, within),
        "show_url": lambda node, span=None: labels.show_url(facts, node, span),
        "other_language": _in_language("en" if language == "zh" else "zh"),
    }


def _in_language(language: str) -> str:
    """This page in another language, its other parameters kept."""
    values = {key: values for key, values in request.args.lists() if key != "lang"}
    if request.endpoint is None:
        return "/?lang=" + language
    return url_for(request.endpoint, **{**(request.view_args or {}), **values, "lang": language})


def _protect(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    if nonce := g.get("style_nonce"):  # of this answer alone
        response.headers["Content-Security-Policy"] = POLICY.replace("style-src", f"style-src 'nonce-{nonce}'")
    if (sites := context.settings().embed) and request.endpoint == "results.embedded":
        response.headers["Content-Security-Policy"] = POLICY.replace(
            "ancestors 'none'", f"ancestors {' '.join(sites.split())}"
        )
        del response.headers["X-Frame-Options"]
    if request.path.startswith("/static/built/") and response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"  # the name holds the hash
    if response.mimetype in _OPEN:
        open_to_all(response)
    return response


def _failed(error: HTTPException | PolicyGraphError) -> ResponseReturnValue:
    """A page for who reads pages, a problem document for programs."""
    if isinstance(error, HTTPException) and error.response is not None:
        return error
    formats = (negotiate.HTML, *negotiate.offers(QueryForm.CONSTRUCT))
    problem = _problem(error, formats)
    reply = problem_reply(error if problem.status >= 500 else problem, context.settings().language)
    if isinstance(error, HTTPException):
        for name, value in error.get_headers():
            if name == "Allow":
                reply.headers[name] = value
    named = request.args.get("format")
    wish = negotiate.choose(request.headers.get("Accept"), formats)
    if not negotiate.is_html(named) if named else wish != negotiate.HTML:
        return reply
    titles = {
        404: gettext("There is no such thing here"),
        406: gettext("This format is not on offer"),
        405: gettext("This address cannot be used that way"),
    }
    title = titles.get(problem.status, gettext("The request failed"))
    if problem.status >= 500:
        g.facts = Facts(())  # the page must not ask again what has just failed
    detail = problem.words(i18n.language())["detail"] if problem.key not in ("missing", "no-format") else ""
    reply.data = render_template("error.html", code=problem.status, title=title, path=request.path, detail=detail)
    reply.content_type = "text/html; charset=utf-8"
    return reply


def _problem(error: HTTPException | PolicyGraphError, formats: tuple[str, ...]) -> Problem:
    match getattr(error, "code", None):
        case 404:
            return Problem(404, "missing", {"path": request.path}, {})
        case 406:
            return Problem(406, "no-format", {"offered": ", ".join(formats)}, {})
    return problem_of(error)
