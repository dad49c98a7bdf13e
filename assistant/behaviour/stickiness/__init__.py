"""Whether people come back: active people, retention, cohorts, the way to a purchase and visits, from events alone."""
