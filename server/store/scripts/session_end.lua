-- Ends a sign-in, and the one it took the place of, and tells the inbox so; 0 where there was none.
-- KEYS: session meta log
-- ARGV: channel event author_tag person keep keep_ms meta_ms lineage
-- include: clock
-- include: number
local before = redis.call("HGET", session, "before")
if before then redis.call("DEL", before) end
if redis.call("DEL", session) == 0 then return 0 end
number(event, author_tag, person, 0)
return 1
