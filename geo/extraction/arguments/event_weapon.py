"""Choose what an incident was done with."""

from geo.extraction.coreference.clusters import EventCluster


def choose_weapon(cluster: EventCluster) -> str | None:
    """Give the weapon in the fewest words that a mention has for it."""
    found = [mention.weapon.text for mention in cluster.mentions if mention.weapon]
    return min((" ".join(text.split()) for text in found), key=len, default=None)
