"""Reports to incidents, one by one: `reading` on one core or several, `cache` of those read before, `cautions`."""
