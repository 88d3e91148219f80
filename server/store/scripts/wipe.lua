-- Begins a wipe: what is kept with the person goes at once, and an errand that no dying process loses does the rest.
-- KEYS: person summary out
-- ARGV: errands
-- include: errands
redis.call("HDEL", person, "rules", "rest_until", "rest_urgency", "words")
redis.call("DEL", summary)
leave_errands()
return 1
