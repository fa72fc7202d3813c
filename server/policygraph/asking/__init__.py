"""Typed questions: which question of the library somebody means, with its parameters filled in, and what of it was
not understood. Rules and the registry alone; the same words always give the same readings.

    typed ─ recognise ─ readings ─▶ question, parameters, narrowing, missed
            (names of the graph,   (each question of the library
             words of the table)    weighed against what was found)
"""

from .names import Names, Option
from .narrow import narrowed
from .readings import Library, Reading, readings

__all__ = ["Library", "Names", "Option", "Reading", "narrowed", "readings"]
