-- Adds an event to a channel once, by its errand's id.
-- KEYS: meta log seen seen_before
-- ARGV: channel event author_tag person field keep keep_ms meta_ms seen_ms
-- include: clock
-- include: number
if redis.call("HEXISTS", seen, field) == 1 or redis.call("HEXISTS", seen_before, field) == 1 then return 0 end
number(event, author_tag, person, 0)
redis.call("HSET", seen, field, "A")
redis.call("PEXPIRE", seen, seen_ms)
return 1
