-- Says which lineage the store's data is of: the one from before where this run goes on from the last without a loss.
-- KEYS: known
-- ARGV: run last_run goes_on
-- include: clock
local at = redis.call("HMGET", known, "run", "lineage", "clean")
redis.call("HSET", known, "asked", now) -- a write on this connection: its WAITs reach back over all that was before it
if at[1] == run then return at[2] end
-- Kept: stopped cleanly, or nothing that was answered can be missing; and it is what the asker knew, no older copy.
local is_kept = at[1] and (at[3] or goes_on ~= "") and (last_run == "" or last_run == at[1])
local lineage = is_kept and at[2] or string.format("%x", now_us)
redis.call("HSET", known, "run", run, "lineage", lineage)
redis.call("HDEL", known, "clean")
return lineage
