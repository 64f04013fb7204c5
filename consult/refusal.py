"""Refusals: a person asked for something that the rules do not allow."""


class Refusal(Exception):
    """An act that is refused, with the facts that its wording needs.

    ``code`` is ``"<part>.<reason>"``; the wording stands in ``templates/<part>/refusals.html``.
    ``facts`` are values for that wording: names of fields, rows, limits; never a secret and
    never somebody's answer or vote.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    @property
    def part(self) -> str:
        """The part of the program whose rule this is."""
        return self.code.partition(".")[0]

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code} ({told})" if told else self.code
