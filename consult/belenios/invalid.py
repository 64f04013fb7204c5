"""What is refused, and why, as a value that any door can word."""

from collections.abc import Callable


class Invalid(Exception):
    """Something does not follow the protocol.

    ``code`` is a short stable reason (``"signature_wrong"``); ``facts`` say where (event height,
    field, numbers). Facts are plain JSON values and never secrets.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __reduce__(self) -> tuple[Callable[..., "Invalid"], tuple[str, dict[str, object]]]:
        """Refusals cross process borders whole."""
        return _again, (self.code, self.facts)

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code} ({told})" if told else self.code


def _again(code: str, facts: dict[str, object]) -> Invalid:
    return Invalid(code, **facts)
