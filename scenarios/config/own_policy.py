"""A policy of one's own: changes written on the command line, under a name that says so."""

from typing import Any

from scenarios.config.scenario_forms import read_member

REFERENCE = "reference"
NAME, TITLE, TITLE_NL = "own_policy", "own policy", "eigen beleid"


def replace_changes(node: Any, written: dict[str, Any] | None) -> None:
    """Let `policy.changes={...}` be all that the policy changes; an empty set changes nothing."""
    if written is not None:
        node.policy.changes = written


def name_own_policy(node: Any, member: str, explicit: set[str]) -> None:
    """Give a policy that differs from its file a name and titles of its own, unless the user gave them.

    Parameters
    ----------
    node : DictConfig
        The composed configuration; its policy gets the names.
    member : str
        The policy that was chosen from conf/policy.
    explicit : set of str
        Keys the user set.
    """
    policy = node.policy
    file = read_member("policy", member)
    same = dict(policy.changes) == file.get("changes", {})
    protects = bool(policy.protected) and not file.get("changes") and not file.get("protected", False)
    if same and not protects:
        return
    nothing = not (policy.changes or policy.protected or policy.own_signalling)
    names = read_member("policy", REFERENCE) if nothing else _names(policy, explicit)
    for key in ("name", "title", "title_nl"):
        if f"policy.{key}" not in explicit:
            policy[key] = names[key]


def _names(policy: Any, explicit: set[str]) -> dict[str, str]:
    """Return name and titles of an own policy; a title stands in for what was not given."""
    if "policy.title" in explicit:
        return {"name": NAME, "title": policy.title, "title_nl": policy.title}
    if "policy.name" in explicit:
        spaced = policy.name.replace("_", " ")
        return {"name": policy.name, "title": spaced, "title_nl": spaced}
    return {"name": NAME, "title": TITLE, "title_nl": TITLE_NL}
