"""A small policy of an operator's: it holds one dish."""

from server.domain.policies import Files

ROOMS = {"evening": "standard"}


def soup(dish: str = "pea soup", kind: str = "rules") -> Files:
    """Each dish is another version."""
    name = dish.replace(" ", "-")
    policy = (
        f'version = "{name}"\nreview = "none"\nmask = "…"\n[verdicts]\n[levels.standard]\n'
        f'[[screeners]]\nname = "soup"\nkind = "{kind}"\nfile = "screening/soup.toml"\n'
    )
    rule = (
        f'version = "1"\nreview = "none"\nlane = "conduct"\n[[rules]]\nid = "conduct.soup"\nreason = "unkind"\n'
        f'verdict = "hold"\nscore = 0.5\npatterns = ["{dish}"]\nfinds = ["we had {dish}"]\nspares = ["stew"]\n'
    )
    return {"policy.toml": policy.encode(), "screening/soup.toml": rule.encode()}
