"""What is read out of a provision beyond its statements: its sectors, the verbs and instruments of its measures."""

from __future__ import annotations

from flask_babel import gettext

from .facts import Facts
from .tables import Cell, Section, in_order, node, number


def of_provision(facts: Facts, name: str) -> list[Section]:
    sectors = Section(
        gettext("Sectors"), (gettext("Sector"), gettext("Classification"), gettext("Verification"), gettext("Evidence"))
    )
    for item in facts.nodes(name, "pg:hasClassification"):
        for sector in facts.nodes(item, "pg:sector"):
            sectors.rows.append((
                node(sector), [Cell("node", scheme) for scheme in facts.nodes(sector, "skos:inScheme")],
                [Cell("badge", item)], [Cell("quote", span.node) for span in facts.spans(item)],
            ))  # fmt: skip
    measures = Section(
        gettext("Verbs and instruments"),
        (gettext("Measure"), gettext("Verbs"), gettext("Instruments"), gettext("Words that show it")),
    )
    for measure in in_order(facts, facts.nodes(name, "pg:hasMeasure")):
        uses = facts.nodes(measure, "pg:hasInstrumentUse")
        measures.rows.append((
            [Cell("number", measure)],
            [Cell("value", facts.text(each, "pg:actionVerb"), "zh") for each in actions(facts, measure)],
            [Cell("node", tool) for use in uses for tool in facts.nodes(use, "pg:instrument")],
            [Cell("quote", span.node) for use in uses for span in facts.spans(use)],
        ))  # fmt: skip
    return [sectors, measures]


def of_sentence(facts: Facts, name: str) -> list[Section]:
    section = Section(
        gettext("Verbs and instruments"), (gettext("Number"), gettext("Reading"), gettext("Rule"), gettext("Evidence"))
    )
    for item in [*actions(facts, name), *facts.nodes(name, "pg:hasInstrumentUse")]:
        section.rows.append((
            [Cell("value", number(facts, item))], node(item), [Cell("value", facts.text(item, "pg:rule"))],
            [Cell("evidence", item)],
        ))  # fmt: skip
    return [section]


def actions(facts: Facts, measure: str) -> list[str]:
    return in_order(facts, facts.nodes(measure, "pg:hasAction"))
