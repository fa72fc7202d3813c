"""Shares of a whole as a person reads them: rounded, and still the whole when added up."""

from __future__ import annotations


def per_cent(parts: tuple[int, ...], digits: int = 0) -> tuple[float, ...]:
    """The shares of the parts, rounded so that they add up to 100: what rounding leaves goes to the largest rests."""
    whole, scale = sum(parts), 10**digits
    if not whole:
        return (0.0,) * len(parts)
    made = [100 * scale * part // whole for part in parts]
    by_rest = sorted(range(len(parts)), key=lambda at: -(100 * scale * parts[at] % whole))
    for at in by_rest[: 100 * scale - sum(made)]:
        made[at] += 1
    return tuple(each / scale for each in made)
