"""Which days a text names (timex). Read only; which of them dates an incident is decided in arguments."""
