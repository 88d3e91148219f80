-- Adds an event to a channel once, by its errand's id.
-- KEYS: meta log seen seen_before
-- ARGV: channel event author_tag person field keep keep_ms meta_ms lineage seen_ms
-- include: clock
-- include: number
local is_new = redis.call("HEXISTS", seen, field) + redis.call("HEXISTS", seen_before, field) == 0
if is_new then number(event, author_tag, person, 0) end
redis.call("HSET", seen, field, "A") -- also where it was there: copies then confirm what another process wrote
redis.call("PEXPIRE", seen, seen_ms)
return is_new and 1 or 0
