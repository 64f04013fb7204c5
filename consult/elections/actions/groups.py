"""Groups of people in words for a tenant."""

from collections.abc import Callable, Mapping

from consult.elections.core.profile import Attribute, read_group
from consult.wording import gettext

_Gettext = Callable[[str], str]


def group_words(group: str, language: str) -> str:
    """What a group of the rules is called; a name that is no group's stays as it is."""
    _ = gettext(language)
    try:
        attribute, values = read_group(group)
    except ValueError:
        return f"“{group}”"
    named = (value_words(attribute, value, language) for value in values)
    either = _("of")
    listed = f" {either} ".join(named)
    if attribute is Attribute.AGE:
        return _("mensen van %(ages)s") % {"ages": listed}
    if attribute is Attribute.NEIGHBOURHOOD:
        return _("mensen uit %(places)s") % {"places": listed}
    if attribute is Attribute.BACKGROUND:
        return _("mensen met als achtergrond %(backgrounds)s") % {"backgrounds": listed}
    return listed


def value_words(attribute: Attribute, value: str, language: str) -> str:
    """What one value is called; neighbourhoods and backgrounds carry their own name."""
    _ = gettext(language)
    if attribute is Attribute.AGE:
        low, _dash, high = value.rstrip("+").partition("-")
        said = _("%(low)s tot en met %(high)s jaar") if high else _("%(low)s jaar en ouder")
        return said % {"low": low, "high": high}
    return _kinds(_).get(value, value) if attribute is Attribute.KIND else value


def _kinds(_: _Gettext) -> Mapping[str, str]:
    return {
        "tenant": _("huurders van een woning"),
        "owner": _("kopers"),
        "entrepreneur": _("ondernemers"),
    }
