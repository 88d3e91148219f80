"""The verbs: ask a rule, change the memory, answer."""
