-- Changes one record of the desk if nobody changed it meanwhile, tells the desk, and leaves errands. What an errand
-- brought is noted once, by its id: a second carrier may come when it is over.
-- KEYS: records owners due worried meta log out audit seen seen_before
-- ARGV: channel id expected record owner owned due_at worried_ms event author_tag keep keep_ms meta_ms lineage errand seen_ms errands audit_row audit_ms
-- include: clock
-- include: number
-- include: errands
-- include: audit
if errand ~= "" then
  local is_known = redis.call("HEXISTS", seen, errand) + redis.call("HEXISTS", seen_before, errand) > 0
  redis.call("HSET", seen, errand, "A") -- also where it was there: copies then confirm what another process wrote
  redis.call("PEXPIRE", seen, seen_ms)
  if is_known then return 0 end
end
local current = redis.call("HGET", records, id) or ""
if current ~= expected then
  -- Written again: where copies must confirm, they confirm what the asker is about to read.
  if current ~= "" then redis.call("HSET", records, id, current) end
  return 0
end
-- Two worries about one person at once: the second finds the first one's ticket and marks that.
if owned == "open" and (redis.call("HGET", owners, owner) or id) ~= id then return 0 end
if record == "" then redis.call("HDEL", records, id) else redis.call("HSET", records, id, record) end
if owned == "open" then
  redis.call("HSET", owners, owner, id)
elseif owned == "closed" then
  redis.call("HDEL", owners, owner)
end
if tonumber(due_at) > 0 then redis.call("ZADD", due, due_at, id) elseif due_at == "0" then redis.call("ZREM", due, id) end
if tonumber(worried_ms) > 0 then redis.call("SET", worried, id, "PX", worried_ms) end
if event ~= "" then number(event, author_tag, "", 0) end
leave_errands()
write_audit()
return 1
