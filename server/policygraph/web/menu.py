"""The way to the pages: a few groups by what a reader wants."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext


@dataclass(frozen=True, slots=True)
class Link:
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """text: what the group is called; a group of one link is that link."""

    text: str
    links: tuple[Link, ...]

    def holds(self, path: str) -> bool:
        """Whether a page is one of the group."""
        return any(path == link.path for link in self.links)


def menu() -> list[Group]:
    """The groups in the language of the request, in the order in which a newcomer asks."""
    return [
        Group(gettext("Documents"), (Link("/documents", gettext("Documents")),)),
        Group(
            gettext("Responsibility"),
            (
                Link("/departments", gettext("Responsible bodies")),
                Link("/matrix", gettext("Matrix")),
                Link("/departments/network", gettext("Who works with whom")),
            ),
        ),
        Group(gettext("Targets"), (Link("/targets", gettext("Targets")),)),
        Group(gettext("National"), (Link("/national", gettext("National")),)),
        Group(
            gettext("Ask"),
            (
                Link("/ask", gettext("Ask in words")),
                Link("/questions", gettext("Questions")),
                Link("/build", gettext("Build a query")),
                Link("/sparql", "SPARQL"),
            ),
        ),
        Group(
            gettext("More"),
            (
                Link("/help", gettext("Help")),
                Link("/tour", gettext("Tour")),
                Link("/ontology", gettext("Vocabulary")),
                Link("/coverage", gettext("Coverage")),
                Link("/propose", gettext("Proposed alignments")),
                Link("/about", gettext("About")),
            ),
        ),
    ]
